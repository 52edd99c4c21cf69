import { changeOf, type EpochMs, type InstrumentId, type InstrumentKind, type TradingDate } from '@banyan/domain'
import type { BookEntry } from './quote-book.ts'

export interface SessionMoveParts {
  readonly entries: readonly BookEntry[]
  kindOf(instrument: InstrumentId): InstrumentKind | null
  tradingDayOf(instant: EpochMs): TradingDate
}

/** A share that is priced in the newest session, and its move. */
export interface SessionMove {
  readonly entry: BookEntry
  readonly changePct: number
}

/**
 * Returns the shares with a price and a previous close, in the order given. Only moves of the newest session any share has a price of: yesterday's
 * move of a share not traded yet is no move beside today's.
 */
export function sessionMoves({ entries, kindOf, tradingDayOf }: SessionMoveParts): SessionMove[] {
  const moves = entries.flatMap((entry) => {
    const { changePct } = changeOf(entry.quote)
    return changePct === null || kindOf(entry.quote.instrument) !== 'equity' ? [] : [{ entry, changePct }]
  })
  if (moves.length === 0) return []
  const newest = tradingDayOf(moves.reduce((latest, { entry }) => Math.max(latest, entry.quote.asOf), 0))
  return moves.filter(({ entry }) => tradingDayOf(entry.quote.asOf) === newest)
}
