import type { MoversParts } from './movers.ts'
import type { PricedQuote } from './priced-quote.ts'
import { sessionMoves } from './session-moves.ts'

/** A share with what was traded of it in the newest session. */
export interface TradedShare {
  readonly quote: PricedQuote
  /** Units traded in the session × last price, rupees, > 0: near the turnover, which no source tells. */
  readonly tradedValue: number
}

export interface TradedShares {
  /** Largest traded value first; ties by ID. */
  readonly shares: readonly TradedShare[]
  /** How many shares were traded in all, shown or not. */
  readonly tradedCount: number
  /** Shares that have a price and a move, but whose source does not tell how many units were traded, or none were. */
  readonly withoutVolumeCount: number
}

/** Returns the shares of the newest session with the largest traded value, at most `limit`. */
export function listTradedShares(parts: MoversParts, limit: number): TradedShares {
  const moves = sessionMoves(parts)
  const traded = moves.flatMap(({ entry }) => {
    const { volume, lastPrice } = entry.quote
    return volume === null || volume === 0 ? [] : [{ entry, tradedValue: volume * lastPrice }]
  })
  traded.sort((a, b) => b.tradedValue - a.tradedValue || (a.entry.quote.instrument < b.entry.quote.instrument ? -1 : 1))
  return {
    shares: traded
      .slice(0, limit)
      .map(({ entry, tradedValue }) => ({ quote: parts.price(entry, parts.now), tradedValue })),
    tradedCount: traded.length,
    withoutVolumeCount: moves.length - traded.length,
  }
}
