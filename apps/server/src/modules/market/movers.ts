import { changeOf, type EpochMs, type InstrumentId, type InstrumentKind, type TradingDate } from '@banyan/domain'
import type { PricedQuote, QuotePricer } from './priced-quote.ts'
import type { BookEntry } from './quote-book.ts'

export interface Movers {
  /** Shares that rose, largest rise first. */
  readonly gainers: readonly PricedQuote[]
  /** Shares that fell, largest fall first. */
  readonly losers: readonly PricedQuote[]
  /** Shares with a price of the newest session and a previous close. */
  readonly pricedCount: number
}

export interface MoversParts {
  readonly entries: readonly BookEntry[]
  readonly now: EpochMs
  kindOf(instrument: InstrumentId): InstrumentKind | null
  tradingDayOf(instant: EpochMs): TradingDate
  readonly price: QuotePricer
}

/**
 * Returns the shares with the largest moves in per cent against their previous close, at most `limit` each way; ties by ID.
 * Only moves of the newest session any share has a price of: yesterday's move of a share not traded yet is no move beside today's.
 */
export function listMovers(parts: MoversParts, limit: number): Movers {
  const moves = newestSession(movesOf(parts), parts.tradingDayOf)
  moves.sort((a, b) => b.changePct - a.changePct || (a.entry.quote.instrument < b.entry.quote.instrument ? -1 : 1))
  const fallen = moves.filter((move) => move.changePct < 0).reverse()
  const first = (list: readonly Move[]) => list.slice(0, limit).map((move) => parts.price(move.entry, parts.now))
  return {
    gainers: first(moves.filter((move) => move.changePct > 0)),
    losers: first(fallen),
    pricedCount: moves.length,
  }
}

interface Move {
  readonly entry: BookEntry
  readonly changePct: number
}

function movesOf({ entries, kindOf }: MoversParts): Move[] {
  return entries.flatMap((entry) => {
    const { changePct } = changeOf(entry.quote)
    return changePct === null || kindOf(entry.quote.instrument) !== 'equity' ? [] : [{ entry, changePct }]
  })
}

function newestSession(moves: readonly Move[], tradingDayOf: MoversParts['tradingDayOf']): Move[] {
  if (moves.length === 0) return []
  const newest = tradingDayOf(Math.max(...moves.map((move) => move.entry.quote.asOf)))
  return moves.filter((move) => tradingDayOf(move.entry.quote.asOf) === newest)
}
