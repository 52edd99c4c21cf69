import type { EpochMs } from '@banyan/domain'
import type { PricedQuote, QuotePricer } from './priced-quote.ts'
import { type SessionMove, type SessionMoveParts, sessionMoves } from './session-moves.ts'

export interface Movers {
  /** Shares that rose, largest rise first. */
  readonly gainers: readonly PricedQuote[]
  /** Shares that fell, largest fall first. */
  readonly losers: readonly PricedQuote[]
  /** Shares with a price of the newest session and a previous close. */
  readonly pricedCount: number
}

export interface MoversParts extends SessionMoveParts {
  readonly now: EpochMs
  readonly price: QuotePricer
}

/** Returns the shares with the largest moves of the newest session in per cent against their previous close, at most `limit` each way; ties by ID. */
export function listMovers(parts: MoversParts, limit: number): Movers {
  const moves = sessionMoves(parts)
  moves.sort((a, b) => b.changePct - a.changePct || (a.entry.quote.instrument < b.entry.quote.instrument ? -1 : 1))
  const fallen = moves.filter((move) => move.changePct < 0).reverse()
  const first = (list: readonly SessionMove[]) => list.slice(0, limit).map((move) => parts.price(move.entry, parts.now))
  return {
    gainers: first(moves.filter((move) => move.changePct > 0)),
    losers: first(fallen),
    pricedCount: moves.length,
  }
}
