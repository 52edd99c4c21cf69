import { createHash } from 'node:crypto'
import type { Decimal, EpochMs, Exchange, TradingDate } from '@banyan/domain'

/** One purchase or sale at a broker, as a tradebook tells it. */
export interface Trade {
  /** Follows from the row alone, so that the same row has the same id whenever it is read. One of a kind within its broker account. */
  readonly id: string
  /** Provider id, or `csv` for the generic format. */
  readonly broker: string
  readonly brokerAccount: string
  readonly date: TradingDate
  /** Null where the file has no time. */
  readonly executedAt: EpochMs | null
  readonly exchange: Exchange
  /** The exchange's symbol; as the file writes it when {@link mapped} is false. */
  readonly symbol: string
  /** False when no list knows the share. */
  readonly mapped: boolean
  readonly isin: string | null
  readonly side: 'buy' | 'sell'
  /** Units, above 0. */
  readonly quantity: Decimal
  /** Rupees a unit, 0 or more (a bonus costs nothing). Charges are not in it. */
  readonly price: Decimal
  /** The exchange's number of the trade; null where the file has none. */
  readonly tradeId: string | null
}

/** What a row itself says: what lists made of its names may change from one reading to the next. */
export interface TradeFacts {
  readonly date: TradingDate
  /** Null where the row does not say. */
  readonly exchange: Exchange | null
  /** The ISIN, or the symbol as the file writes it. */
  readonly share: string
  readonly side: Trade['side']
  readonly quantity: Decimal
  readonly price: Decimal
  readonly tradeId: string | null
}

/** Returns what tells a trade from others: its number, which an exchange uses once a day, or all that is known of it. */
export function markOf({ date, exchange, share, side, quantity, price, tradeId }: TradeFacts): readonly string[] {
  const market = exchange ?? ''
  if (tradeId !== null) return ['number', date, market, tradeId]
  return ['facts', date, market, share, side, quantity.toFixed(), price.toFixed()]
}

/** Returns the id of the n-th trade of a file with this mark: 96 bits as 16 letters. */
export function tradeIdOf(mark: readonly string[], occurrence: number): string {
  const text = JSON.stringify([...mark, occurrence])
  return createHash('sha256').update(text).digest().subarray(0, 12).toString('base64url')
}
