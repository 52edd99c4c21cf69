import { type EpochMs, istDate, type TradingDate } from '@banyan/domain'
import { type UpstreamAnswer, Verdict } from '../http/upstream-port.ts'

/** One chart as Yahoo answered it. Prices are adjusted for splits, in rupees. */
export interface Chart {
  readonly lastPrice: number
  /** About 15 minutes old. */
  readonly asOf: EpochMs
  /** Close before the session of the last price; null where the chart does not tell. */
  readonly prevClose: number | null
  /** Ascending. */
  readonly bars: readonly ChartBar[]
}

export interface ChartBar {
  readonly date: TradingDate
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** Null where Yahoo writes 0 for a share that was traded. */
  readonly volume: number | null
}

/** A block of the whole address can last a day; so long nobody asks again (upstreams.md §4). */
const blockedS = 900

/**
 * Reads an answer of the chart endpoint; null for a symbol it does not know. Throws a `Verdict` for a refusal, and any other error for what is
 * no chart of an Indian instrument.
 */
export function readChart(answer: UpstreamAnswer, range: 'day' | 'longer'): Chart | null {
  const text = answer.body.toString('utf8')
  if (answer.status === 429) throw new Verdict('rate_limited', { retryAfterS: blockedS })
  if (answer.status >= 500) throw new Verdict(answer.status === 504 ? 'timeout' : 'unavailable')
  const { result, error } = objectIn(objectIn(JSON.parse(text), 'chart'), 'chart', 'is')
  if (answer.status === 404 && result === null && objectIn(error, 'error', 'is')['code'] === 'Not Found') return null
  if (answer.status !== 200 || !Array.isArray(result)) throw new Error('this is no chart')
  return toChart(objectIn(result[0], 'result', 'is'), range)
}

function toChart(result: Members, range: 'day' | 'longer'): Chart {
  const meta = objectIn(result, 'meta')
  if (meta['currency'] !== 'INR' || meta['exchangeTimezoneName'] !== 'Asia/Kolkata')
    throw new Error('not an Indian price')
  const bars = readBars(result)
  const prevClose = range === 'day' ? priceOrNull(meta['chartPreviousClose']) : (bars.at(-2)?.close ?? null)
  const asOf = wholeNumber(meta['regularMarketTime']) * 1_000
  return { lastPrice: price(meta['regularMarketPrice']), asOf, prevClose, bars }
}

/** A bar with anything missing is dropped whole, as is one whose high or low lies inside its open and close. */
function readBars(result: Members): readonly ChartBar[] {
  const times = result['timestamp'] === undefined ? [] : listOf(result['timestamp'])
  if (times.length === 0) return []
  const quote = objectIn(listOf(objectIn(result, 'indicators')['quote'])[0], 'quote', 'is')
  const columns = ['open', 'high', 'low', 'close'].map((name) => listOf(quote[name]))
  const volumes = listOf(quote['volume'])
  return times.flatMap((time, i) => {
    const [open, high, low, close] = columns.map((column) => priceOrNull(column[i]))
    if (open == null || high == null || low == null || close == null) return []
    if (high < Math.max(open, close) || low > Math.min(open, close)) return []
    // A day's bar is stamped with its opening, 03:45 UTC.
    const date = istDate(wholeNumber(time) * 1_000)
    return [{ date, open, high, low, close, volume: priceOrNull(volumes[i]) }]
  })
}

type Members = Readonly<Record<string, unknown>>

function objectIn(value: unknown, name: string, where: 'in' | 'is' = 'in'): Members {
  const member = where === 'is' ? value : (value as Members | null)?.[name]
  if (typeof member !== 'object' || member === null || Array.isArray(member)) throw new Error(`${name} is no object`)
  return member as Members
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error('a column is no list')
  return value
}

function price(value: unknown): number {
  const known = priceOrNull(value)
  if (known === null) throw new Error('a price is missing')
  return known
}

/** Returns null for what is missing and for 0; throws for what is no number. */
function priceOrNull(value: unknown): number | null {
  if (value === null || value === undefined || value === 0) return null
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw new Error('a price is no number')
  return value
}

function wholeNumber(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new Error('a time is no whole number')
  return value as number
}
