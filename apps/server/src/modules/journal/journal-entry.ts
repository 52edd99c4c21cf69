import type { Decimal, EpochMs, InstrumentId } from '@banyan/domain'

export const tradeSides = ['buy', 'sell'] as const
export type TradeSide = (typeof tradeSides)[number]

/** What a person writes of one trade (stocktrendz.md §9). Money in rupees. */
export interface EntryFields {
  readonly symbol: InstrumentId
  readonly side: TradeSide
  readonly quantity: Decimal
  readonly price: Decimal
  /** Null while it is not known; it never is without {@link closedAt}. */
  readonly exitPrice: Decimal | null
  readonly fees: Decimal
  readonly openedAt: EpochMs
  readonly closedAt: EpochMs | null
  readonly notes: string
  readonly tags: readonly string[]
  /** 1–5, or null. */
  readonly rating: number | null
}

export interface JournalEntry extends EntryFields {
  /** `jrn_` and 16 letters, digits, `-` or `_`; one of a kind within its account. */
  readonly id: string
  /** Null without exit price. */
  readonly pnl: Decimal | null
  /** Patterns in force when the trade was opened; null when that was not known. */
  readonly patternsAtEntry: readonly string[] | null
  readonly createdAt: EpochMs
  readonly updatedAt: EpochMs
}

/** Returns what a trade made: (exit − price) × quantity, reversed for a sale, less fees. Null without exit price. */
export function pnlOf({
  side,
  quantity,
  price,
  exitPrice,
  fees,
}: Pick<EntryFields, 'side' | 'quantity' | 'price' | 'exitPrice' | 'fees'>): Decimal | null {
  if (exitPrice === null) return null
  const move = side === 'buy' ? exitPrice.minus(price) : price.minus(exitPrice)
  return move.times(quantity).minus(fees)
}
