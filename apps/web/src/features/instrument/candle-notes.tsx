import type { CandlesReply } from '@banyan/client'
import { readableDate, readableInstant } from '../../lib/ist.ts'
import { formatPercent, formatRupees } from '../../lib/numbers.ts'

/** Under the chart: where the candles come from, what was adjusted, what was left out and what looks odd. */
export function CandleNotes({ reply }: { readonly reply: CandlesReply }) {
  const jumps = reply.unexplained_jumps
  return (
    <div className="mt-2 flex flex-col gap-1 text-xs text-muted">
      <p>
        {reply.source === null ? 'No source' : `Candles: ${reply.source}, to ${readableInstant(reply.as_of)}`} ·{' '}
        {basisOf(reply)}
        {reply.truncated ? ' · only the newest 5,000 candles of this range' : ''}
      </p>
      {reply.source_note === null ? null : <p>{reply.source_note}</p>}
      {jumps.length === 0 ? null : (
        <details>
          <summary className="cursor-pointer text-warn">
            {jumps.length === 1 ? 'One step' : `${jumps.length} steps`} over 40% that no known corporate action explains
          </summary>
          <ul>
            {jumps.map((jump) => (
              <li key={jump.time}>
                {readableDate(jump.time.slice(0, 10))}: {formatRupees(jump.previous_close)} → {formatRupees(jump.close)}{' '}
                ({formatPercent(jump.change_percent)})
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function basisOf({ adjusted, adjustments }: CandlesReply): string {
  if (!adjusted) return 'prices as recorded'
  if (adjustments.length === 0) return 'adjusted, no factor known'
  return `adjusted by ${adjustments.map(({ ex_date, factor, kind }) => `${kind} ×${factor} on ${readableDate(ex_date)}`).join(', ')}`
}
