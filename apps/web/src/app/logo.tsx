/** A canopy whose aerial roots are candles. */
export function Logo() {
  return (
    <a href="/" className="flex items-center gap-2 rounded-md text-ink">
      <svg viewBox="0 0 46 44" className="h-7 w-7" aria-hidden="true">
        <path className="fill-up" d="M0 21c0-6 4-10 9-10.5C11 4 16 .5 23 .5S35 4 37 10.5c5 .5 9 4.500 9 10.5z" />
        <g fill="currentColor">
          <path d="M20 21h6v23h-6zM7.25 21h1.500v20h-1.500zM37.25 21h1.500v20h-1.500z" />
          <rect x="5" y="25" width="6" height="11" rx="1" />
          <rect x="35" y="28" width="6" height="10" rx="1" />
        </g>
      </svg>
      <span className="text-lg font-semibold tracking-tight">Banyan</span>
    </a>
  )
}
