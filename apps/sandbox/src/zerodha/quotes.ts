import { type EpochMs, istDate } from '@banyan/domain'
import type { SandboxContext, SandboxInstrument, SandboxPrice } from '../core/upstream.ts'
import { tokenOf } from './instrument-token.ts'
import { orderBook } from './market-depth.ts'
import { vendorTime } from './vendor-time.ts'

export type QuoteOperation = 'quote' | 'ohlc' | 'ltp'

/** Instruments per call. */
export const mostInstruments = { quote: 500, ohlc: 1_000, ltp: 1_000 } as const satisfies Record<QuoteOperation, number>

/** Returns `data` of a quote call by the keys it was asked with; what is unknown or has no price is left out. */
export function quoteData(
  operation: QuoteOperation,
  keys: readonly string[],
  { market, seed }: Pick<SandboxContext, 'market' | 'seed'>,
  at: EpochMs,
) {
  const rows = keys.flatMap((key) => {
    const instrument = market.instrument(key, istDate(at))
    const price = instrument && market.price(key, at)
    return instrument && price ? [[key, rowOf(operation, instrument, price, seed)] as const] : []
  })
  return Object.fromEntries(rows)
}

function rowOf(operation: QuoteOperation, instrument: SandboxInstrument, price: SandboxPrice, seed: number) {
  const ltp = { instrument_token: tokenOf(instrument), last_price: price.last }
  if (operation === 'ltp') return ltp
  const ohlc = { open: price.open, high: price.high, low: price.low, close: price.prevClose }
  if (operation === 'ohlc') return { ...ltp, ohlc }
  // The change is 0 in the vendor's own samples: it is to be computed.
  const head = { ...ltp, timestamp: vendorTime(price.lastTradeAt), net_change: 0, ohlc }
  return instrument.kind === 'index'
    ? indexRow(head, instrument)
    : { ...head, ...tradedFields(instrument, price, seed) }
}

/** Nothing is traded of an index; the vendor writes that as zeros or not at all. */
function indexRow(head: object, { exchange }: SandboxInstrument) {
  const row = { ...head, last_trade_time: null, oi: 0, oi_day_high: 0, oi_day_low: 0 }
  if (exchange === 'BSE') return row
  const level = { price: 0, quantity: 0, orders: 0 }
  const side = [level, level, level, level, level]
  return {
    ...row,
    last_quantity: 0,
    volume: 0,
    average_price: 0,
    buy_quantity: 0,
    sell_quantity: 0,
    depth: { buy: side, sell: side },
  }
}

/** How far a price may go from the previous close in a day. */
const circuit = 0.1

function tradedFields(instrument: SandboxInstrument, price: SandboxPrice, seed: number) {
  const book = orderBook(seed, instrument, price)
  return {
    last_trade_time: vendorTime(price.lastTradeAt),
    last_quantity: book.lastQuantity,
    buy_quantity: book.buyQuantity,
    sell_quantity: book.sellQuantity,
    volume: price.volume,
    average_price: Math.round(price.average * 100) / 100,
    oi: price.openInterest?.now ?? 0,
    oi_day_high: price.openInterest?.dayHigh ?? 0,
    oi_day_low: price.openInterest?.dayLow ?? 0,
    lower_circuit_limit: onStep(price.prevClose * (1 - circuit), instrument),
    upper_circuit_limit: onStep(price.prevClose * (1 + circuit), instrument),
    depth: { buy: book.buy, sell: book.sell },
  }
}

function onStep(rupees: number, { tickSize }: SandboxInstrument): number {
  return Math.round(Math.round(rupees / tickSize) * tickSize * 10_000) / 10_000
}
