/** Candle intervals of the API, shortest first. Minutes up to a day are aggregated on exchange sessions. */
export const candleIntervals = [
  '1minute',
  '5minute',
  '15minute',
  '30minute',
  '60minute',
  'day',
  'week',
  'month',
] as const
export type CandleInterval = (typeof candleIntervals)[number]

/** Intervals that are stored; the others are computed from them. Each with its length in minutes, the stored key. */
export const storedIntervals = { '1minute': 1, '5minute': 5, day: 1440 } as const
export type StoredInterval = keyof typeof storedIntervals

/** Lengths of the intervals below a day, in minutes. */
export const intradayMinutes = { '1minute': 1, '5minute': 5, '15minute': 15, '30minute': 30, '60minute': 60 } as const
export type IntradayInterval = keyof typeof intradayMinutes
export type IntradayMinutes = (typeof intradayMinutes)[IntradayInterval]

/**
 * Candles as a struct of typed arrays of equal length, oldest first, times strictly ascending.
 * `time` is the epoch ms of the candle's opening: the start of the minute bar; 00:00 IST of the trading date for a day,
 * of the week's Monday for a week, of the first of the month for a month. Prices in rupees, volume in units.
 */
export interface CandleSeries {
  readonly time: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}

/** Returns a series of `length` zeroed candles to be filled. */
export function createCandleSeries(length: number): CandleSeries {
  const column = () => new Float64Array(length)
  return { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() }
}

/** Returns candles `start` (included) to `end` (excluded) as views on the same memory. */
export function sliceCandles(series: CandleSeries, start: number, end: number): CandleSeries {
  return {
    time: series.time.subarray(start, end),
    open: series.open.subarray(start, end),
    high: series.high.subarray(start, end),
    low: series.low.subarray(start, end),
    close: series.close.subarray(start, end),
    volume: series.volume.subarray(start, end),
  }
}
