import type { CandleSeries } from '@banyan/domain'
import { PatternInputError } from './pattern-input-error.ts'

const prices = ['open', 'high', 'low', 'close'] as const
const columns = ['time', ...prices, 'volume'] as const

/**
 * Throws PatternInputError unless the columns are of equal length, times are finite and strictly ascending, prices are finite
 * and above 0 (0 is no price), no high is below its low, and volumes are finite and not negative, or NaN where unknown.
 * An open or close outside high and low is accepted: exchanges' old files have such candles. So is a series without candles.
 */
export function checkSeries(series: CandleSeries): void {
  const length = series.time.length
  for (const name of columns)
    if (series[name].length !== length)
      throw new PatternInputError(`${name} has ${series[name].length} values, time has ${length}`)
  const index = findBadCandle(series)
  if (index >= 0) throw new PatternInputError(`candle ${index}: ${describeFault(series, index)}`)
}

/** Returns the first index at fault, or −1. One comparison chain a candle: this runs before every scan. */
function findBadCandle({ time, open, high, low, close, volume }: CandleSeries): number {
  let previous = Number.NEGATIVE_INFINITY
  for (let i = 0; i < time.length; i++) {
    const now = valueAt(time, i)
    if (!(now > previous && now < Number.POSITIVE_INFINITY && valueAt(high, i) >= valueAt(low, i))) return i
    if (!(isPrice(valueAt(open, i)) && isPrice(valueAt(close, i)))) return i
    if (!(isPrice(valueAt(high, i)) && isPrice(valueAt(low, i)))) return i
    if (valueAt(volume, i) < 0 || valueAt(volume, i) === Number.POSITIVE_INFINITY) return i
    previous = now
  }
  return -1
}

function describeFault(series: CandleSeries, i: number): string {
  const time = valueAt(series.time, i)
  if (!Number.isFinite(time)) return 'time must be finite'
  if (i > 0 && time <= valueAt(series.time, i - 1)) return 'time must be later than the time before'
  for (const name of prices) if (!isPrice(valueAt(series[name], i))) return `${name} must be finite and above 0`
  if (valueAt(series.high, i) < valueAt(series.low, i)) return 'high must not be below low'
  return 'volume must be finite and not negative, or NaN'
}

function isPrice(value: number): boolean {
  return value > 0 && value < Number.POSITIVE_INFINITY
}

function valueAt(column: Float64Array, i: number): number {
  return column[i] ?? Number.NaN
}
