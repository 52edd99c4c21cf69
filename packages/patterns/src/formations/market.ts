import type { CandleSeries } from '@banyan/domain'

/** A checked series with what all detectors measure by. */
export interface Market {
  readonly series: CandleSeries
  readonly length: number
  /** Average true range up to and including each candle, in price: the yardstick that fits any instrument and interval. */
  readonly atr: Float64Array
  /** Longest formation, from its first anchor to its detection, in candles. */
  readonly maxLength: number
}

/** Long enough to outlast one formation leg, so that a single wild candle does not change what counts as a swing. */
const atrPeriod = 50

export function createMarket(series: CandleSeries, maxLength: number): Market {
  return { series, length: series.close.length, atr: averageTrueRange(series), maxLength }
}

export function valueAt(column: Float64Array, index: number): number {
  return column[index] ?? Number.NaN
}

/** Wilder's average; over the first candles the plain mean of those there are. */
function averageTrueRange({ high, low, close }: CandleSeries): Float64Array {
  const atr = new Float64Array(close.length)
  let mean = 0
  let before = valueAt(close, 0)
  for (let i = 0; i < close.length; i++) {
    const range = Math.max(valueAt(high, i), before) - Math.min(valueAt(low, i), before)
    mean += (range - mean) / Math.min(i + 1, atrPeriod)
    before = valueAt(close, i)
    atr[i] = mean
  }
  return atr
}
