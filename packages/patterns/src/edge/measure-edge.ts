import type { CandleSeries } from '@banyan/domain'
import { PatternInputError } from '../pattern-input-error.ts'
import type { EdgeOptions, EdgeTable, PatternEvent } from './edge-table.ts'
import { createEdgeTally } from './edge-tally.ts'
import { judgeEdges } from './judge-edges.ts'

/**
 * Returns what became of the events, a row for each pattern, direction and horizon that has a finished case, sorted by these
 * (bullish first). Rules of stocktrendz.md §5.1, which names the fields: entry at the next candle's open, exit at the close of the
 * last horizon candle, a hit is any move in the event's direction, so no move is a miss. Only the mean return bears the cost. Nothing
 * later than `asOf` is used; an event whose last candle was not closed by then is not a case yet.
 *
 * Prices should be adjusted. A series is to be cut where a step cannot be explained, each piece under an id of its own: neither
 * cases nor the base rate reach over an end.
 *
 * Throws PatternInputError on a malformed series, an id that comes twice or is unknown, an index outside its series, horizons that
 * are none, not whole, below 1 or repeated, and a cost, prior weight or `asOf` out of range.
 */
export function measureEdge(
  events: readonly PatternEvent[],
  universe: readonly { id: string; series: CandleSeries }[],
  options: EdgeOptions,
): EdgeTable {
  const tally = createEdgeTally(options)
  const eventsOf = new Map<string, PatternEvent[]>()
  for (const { id } of universe) {
    if (eventsOf.has(id)) throw new PatternInputError(`series ${id} comes twice`)
    eventsOf.set(id, [])
  }
  for (const event of events) {
    const own = eventsOf.get(event.id)
    if (!own) throw new PatternInputError(`event of ${event.pattern} names the unknown series ${event.id}`)
    own.push(event)
  }
  for (const { id, series } of universe) tally.add(id, series, eventsOf.get(id) ?? [])
  return judgeEdges([tally]).flat()
}
