import { chooseTheme, useTheme } from './theme.ts'

export function ThemeButton() {
  const other = useTheme() === 'dark' ? 'light' : 'dark'
  return (
    <button
      type="button"
      onClick={() => chooseTheme(other)}
      aria-label={`Switch to ${other} colours`}
      className="grid size-8 pointer-coarse:size-11 place-items-center rounded-md border border-line bg-surface text-muted hover:text-ink"
    >
      <svg viewBox="0 0 20 20" className="size-4" aria-hidden="true">
        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
    </button>
  )
}
