import { type Decimal, type DelayClass, decimalOf, type EpochMs, type InstrumentId } from '@banyan/domain'
import { perShare } from '../share-factor.ts'
import type { StoredBook } from '../stored-book.ts'
import type { Valuation } from './valuation.ts'

/** The price a row is valued at, and where it is from. */
export interface RowPrice {
  readonly last: Decimal
  /** Close of the session before; null unknown. */
  readonly prevClose: Decimal | null
  readonly source: string
  /** Exchange time of a market's price; the time of the reading of a broker's. */
  readonly asOf: EpochMs
  readonly delay: DelayClass
  /** `broker`: no source has a newer price than the broker gave when the book was read. */
  readonly from: 'market' | 'broker'
}

/** Returns the newer of the market's price and the broker's own, which corporate actions since then have divided by `factor`; null without either. */
export function priceRow(
  part: StoredBook,
  row: { readonly lastPrice: Decimal | null; readonly closePrice: Decimal | null },
  asked: { readonly instrument: InstrumentId | null; readonly factor: Decimal | null; readonly valuation: Valuation },
): RowPrice | null {
  const { instrument, factor, valuation } = asked
  const quote = instrument === null ? null : valuation.priceOf(instrument)
  const isNewer = quote !== null && (valuation.isReplay || quote.asOf >= part.syncedAt)
  if (quote !== null && (isNewer || row.lastPrice === null)) {
    const { lastPrice, prevClose, source, asOf, delay } = quote
    const close = prevClose === null ? null : decimalOf(prevClose)
    return { last: decimalOf(lastPrice), prevClose: close, source, asOf, delay, from: 'market' }
  }
  if (row.lastPrice === null) return null
  return {
    last: perShare(row.lastPrice, factor),
    prevClose: row.closePrice && perShare(row.closePrice, factor),
    source: part.source === 'csv' ? 'csv' : part.broker,
    asOf: part.syncedAt,
    delay: 'delayed',
    from: 'broker',
  }
}
