import type { ShownSummary } from './summary-of.ts'

const looks = {
  good: { sign: '●', colour: 'text-up', frame: 'border-line' },
  attention: { sign: '◐', colour: 'text-replay', frame: 'border-replay-line' },
  bad: { sign: '✕', colour: 'text-warn', frame: 'border-warn' },
  unknown: { sign: '○', colour: 'text-muted', frame: 'border-dashed border-line' },
} as const

/** What a person should know first. It is always there, so that a change of it is read aloud. */
export function SummaryLine({ summary: { tone, title, points } }: { readonly summary: ShownSummary }) {
  const { sign, colour, frame } = looks[tone]
  return (
    <div role="status" aria-atomic="true" data-summary={tone} className={`card px-4 py-3 ${frame}`}>
      <p className="text-lg font-semibold tracking-tight">
        <span aria-hidden="true" className={`mr-2 ${colour}`}>
          {sign}
        </span>
        {title}
      </p>
      {points.length === 0 ? null : (
        <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-9 text-sm">
          {points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
