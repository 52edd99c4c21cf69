import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import {
  type CandleSeries,
  completeBars,
  type EpochMs,
  type Exchange,
  type HoursOf,
  sliceCandles,
  type TradingCalendar,
} from '@banyan/domain'
import type { UpstreamAnswer } from '../http/upstream-port.ts'
import {
  allowedDays,
  joinCandles,
  readCandles,
  splitWindow,
  type TimeWindow,
  widestDays,
  type ZerodhaInterval,
  zerodhaIntervals,
} from './candles.ts'
import { type InstrumentList, readInstrumentList } from './instrument-list.ts'
import { zerodhaOperations } from './operations.ts'
import { readQuotes, type ZerodhaQuote } from './quotes.ts'
import { failureBody, messageOf, readData, refuseFailure } from './read-answer.ts'
import type { SessionCalls } from './session-calls.ts'
import { formatVendorTime } from './vendor-time.ts'

/** Market data of a session. Every method rejects with an `UpstreamError`, or with the signal's reason. */
export interface ZerodhaMarketData {
  /**
   * Returns the prices of instruments asked for as `NSE:INFY`, any number of them; those the vendor has no price of are absent. Of the
   * three only `quotes` tells when a price was made, and only `ltp` takes 1,000 a call without the day's prices.
   */
  quotes(keys: readonly string[], signal: AbortSignal): Promise<readonly ZerodhaQuote[]>
  ohlc(keys: readonly string[], signal: AbortSignal): Promise<readonly ZerodhaQuote[]>
  ltp(keys: readonly string[], signal: AbortSignal): Promise<readonly ZerodhaQuote[]>
  candles(query: ZerodhaCandlesQuery, signal: AbortSignal): Promise<ZerodhaCandles>
  /** Returns the instrument list of one exchange, or of all. The vendor makes it once each morning; its prices are none. */
  instruments(exchange: Exchange | null, signal: AbortSignal): Promise<InstrumentList>
}

export interface ZerodhaCandlesQuery extends TimeWindow {
  readonly token: number
  readonly interval: ZerodhaInterval
  /** Whose hours decide when a bar is complete. */
  readonly calendar: TradingCalendar
  readonly hours: HoursOf
}

export interface ZerodhaCandles {
  /** Complete bars that open within the window, oldest first; empty before the first one the vendor has. */
  readonly series: CandleSeries
  /** Reports contradict each other on whether the prices are adjusted for splits, bonuses or dividends: never mix them with others unseen. */
  readonly adjusted: 'unknown'
}

const keysPerCall = { quote: 500, ohlc: 1_000, ltp: 1_000 } as const
const unpackedAtMost = 64 * 1024 * 1024

export function createMarketData({ call }: SessionCalls, now: () => EpochMs): ZerodhaMarketData {
  const pricesOf = (of: keyof typeof keysPerCall) => async (keys: readonly string[], signal: AbortSignal) => {
    const quotes: ZerodhaQuote[] = []
    for (let start = 0; start < keys.length; start += keysPerCall[of]) {
      const query = keys.slice(start, start + keysPerCall[of]).map((key) => ['i', key] as const)
      const read = (answer: UpstreamAnswer) => readQuotes(readData(answer), of).rows
      quotes.push(...(await call(zerodhaOperations[of], { query, rank: 'quotes', signal, read })))
    }
    return quotes
  }
  return {
    quotes: pricesOf('quote'),
    ohlc: pricesOf('ohlc'),
    ltp: pricesOf('ltp'),
    async candles(query, signal) {
      const joined = joinCandles(await readWindows(call, query, signal))
      const complete = completeBars(joined, query.interval, query.calendar, now(), query.hours)
      return { series: sliceCandles(joined, 0, complete), adjusted: 'unknown' }
    },
    instruments: (exchange, signal) =>
      exchange === null
        ? call(zerodhaOperations.instruments, { rank: 'history', signal, read: readList })
        : call(zerodhaOperations.exchangeInstruments, { path: { exchange }, rank: 'history', signal, read: readList }),
  }
}

type CandleQuery = Omit<ZerodhaCandlesQuery, 'calendar' | 'hours'>

/** Asks for window after window. One the vendor calls too wide is asked for once more, in pieces of the width it names. */
async function readWindows(
  call: SessionCalls['call'],
  query: CandleQuery,
  signal: AbortSignal,
): Promise<CandleSeries[]> {
  const { token, interval } = query
  const path = { token: String(token), interval: zerodhaIntervals[interval] }
  const ask = <T>(window: TimeWindow, read: (answer: UpstreamAnswer) => T) =>
    call(zerodhaOperations.candles, { path, query: candleQuery(window), rank: 'history', signal, read })
  const barsOf = (window: TimeWindow) => (answer: UpstreamAnswer) => readCandles(readData(answer), interval, window)

  const parts: CandleSeries[] = []
  for (const window of splitWindow(query, widestDays(interval))) {
    const answer = await ask(window, (given) => daysIfTooWide(given) ?? barsOf(window)(given))
    if (typeof answer !== 'number') parts.push(answer)
    else for (const piece of splitWindow(window, answer)) parts.push(await ask(piece, barsOf(piece)))
  }
  return parts
}

/** The vendor counts both ends in, and in whole seconds. */
function candleQuery({ from, to }: TimeWindow) {
  return [
    ['from', formatVendorTime(from)],
    ['to', formatVendorTime(to - 1)],
    ['continuous', '0'],
    ['oi', '0'],
  ] as const
}

/** Returns how many days a window may have, when the failure is that this one has more; else null. */
function daysIfTooWide(answer: UpstreamAnswer): number | null {
  return answer.status === 400 ? allowedDays(messageOf(failureBody(answer))) : null
}

/** The list comes packed, with or without saying so in its headers. */
async function readList(answer: UpstreamAnswer): Promise<InstrumentList> {
  refuseFailure(answer)
  const isPacked = answer.body[0] === 0x1f && answer.body[1] === 0x8b
  const csv = isPacked ? await promisify(gunzip)(answer.body, { maxOutputLength: unpackedAtMost }) : answer.body
  return readInstrumentList(csv.toString('utf8'))
}
