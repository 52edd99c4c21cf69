import { type EpochMs, toNumber } from '@banyan/domain'
import { knownAmountIn, type MostRows, priceIn, readMost, rowOf, type VendorRow } from '../vendor-cells.ts'
import { isIndexToken } from './instrument-token.ts'
import { timeIn } from './vendor-time.ts'

/** Price of one instrument as `/quote`, `/quote/ohlc` or `/quote/ltp` gave it; rupees. */
export interface ZerodhaQuote {
  /** As it was asked for: `NSE:INFY`. */
  readonly key: string
  readonly token: number
  readonly lastPrice: number
  /** Close of the trading day before; null when there was none, and from `/quote/ltp`, which does not tell. */
  readonly prevClose: number | null
  /** Units traded today; null for an index and where the call does not tell. */
  readonly volume: number | null
  /** Exchange time of the price; null where the call does not tell, so that only the receive time is known. */
  readonly asOf: EpochMs | null
}

/**
 * Reads `data` of the three quote calls (upstreams.md §2.7). An instrument without a price is not in it: the vendor leaves unknown ones
 * out, and 0 is no price. Throws when more than 1 % of the rows are not understood.
 */
export function readQuotes(data: unknown, of: 'quote' | 'ohlc' | 'ltp'): MostRows<ZerodhaQuote> {
  const entries = Object.entries(rowOf(data, 'quotes'))
  const { rows, dropped } = readMost(entries, ([key, item]) => readQuote(key, rowOf(item, key), of))
  return { rows: rows.filter((quote) => quote !== null), dropped }
}

function readQuote(key: string, row: VendorRow, of: 'quote' | 'ohlc' | 'ltp'): ZerodhaQuote | null {
  const token = knownAmountIn(row, 'instrument_token').toNumber()
  const lastPrice = numberIn(row, 'last_price')
  const prevClose = of === 'ltp' ? null : numberIn(rowOf(row['ohlc'], 'ohlc'), 'close')
  const volume = of === 'quote' ? volumeIn(row, token) : null
  const asOf = of === 'quote' ? (timeIn(row, 'timestamp') ?? timeIn(row, 'last_trade_time')) : null
  // A price of an unknown age can be of any day.
  if (lastPrice === null || (of === 'quote' && asOf === null)) return null
  return { key, token, lastPrice, prevClose, volume, asOf }
}

/** Nothing is traded of an index itself; the vendor writes 0 or nothing. */
function volumeIn(row: VendorRow, token: number): number | null {
  if (isIndexToken(token)) return null
  const volume = knownAmountIn(row, 'volume')
  if (volume.lt(0)) throw new Error('volume is below zero')
  return volume.toNumber()
}

function numberIn(row: VendorRow, field: string): number | null {
  const price = priceIn(row, field)
  return price?.gt(0) ? toNumber(price, 6) : null
}
