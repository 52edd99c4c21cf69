import {
  type CandleInterval,
  type CandleSeries,
  createCandleSeries,
  dayMs,
  type EpochMs,
  istDate,
  istMidnight,
  parseTimestamp,
} from '@banyan/domain'
import { listOf, type MostRows, readMost, rowOf } from '../vendor-cells.ts'

/** Intervals that are fetched, with the vendor's words for them; weeks and months are built from days. */
export const zerodhaIntervals = {
  '1minute': 'minute',
  '5minute': '5minute',
  '15minute': '15minute',
  '30minute': '30minute',
  '60minute': '60minute',
  day: 'day',
} as const satisfies Partial<Record<CandleInterval, string>>
export type ZerodhaInterval = keyof typeof zerodhaIntervals

/** `[from, to)`. */
export interface TimeWindow {
  readonly from: EpochMs
  readonly to: EpochMs
}

/** Widest window of one call in days, below what is reported of the vendor for the interval (upstreams.md §2.9). */
export function widestDays(interval: ZerodhaInterval): number {
  return interval === 'day' ? 2_000 : 60
}

/** Returns the window in pieces of at most `days`, oldest first; none when it is empty. */
export function splitWindow({ from, to }: TimeWindow, days: number): readonly TimeWindow[] {
  const windows: TimeWindow[] = []
  for (let start = from; start < to; start += days * dayMs) {
    windows.push({ from: start, to: Math.min(start + days * dayMs, to) })
  }
  return windows
}

/** Returns the days a window may have, when that is what the vendor's failure says; else null. */
export function allowedDays(message: string | null): number | null {
  const days = Number(/interval exceeds max limit: (\d{1,4}) days/.exec(message ?? '')?.[1] ?? 0)
  return days > 0 ? days : null
}

interface Bar {
  readonly time: EpochMs
  readonly prices: readonly [open: number, high: number, low: number, close: number]
  readonly volume: number
}

/**
 * Reads `data` of the candle call: bars of the window, oldest first, with the domain's opening times. Bars without a price, which occur
 * before a listing, are left out. Throws when more than 1 % are not understood or out of order.
 */
export function readCandles(data: unknown, interval: ZerodhaInterval, { from, to }: TimeWindow): CandleSeries {
  const { rows } = readBars(listOf(rowOf(data, 'candles')['candles'], 'candles'), interval)
  return seriesOf(rows.filter(({ time, prices }) => time >= from && time < to && prices.every((price) => price > 0)))
}

function readBars(items: readonly unknown[], interval: ZerodhaInterval): MostRows<Bar> {
  let last = Number.NEGATIVE_INFINITY
  return readMost(items, (item) => {
    const bar = readBar(listOf(item, 'a candle'), interval)
    if (bar.time <= last) throw new Error('a candle is not after the one before it')
    last = bar.time
    return bar
  })
}

/** Six items, or seven with the open interest, which is not asked for. */
function readBar([timeText, ...figures]: readonly unknown[], interval: ZerodhaInterval): Bar {
  const time = typeof timeText === 'string' ? parseTimestamp(timeText) : null
  if (time === null) throw new Error('a candle has no time')
  const [open, high, low, close, volume] = figures.map(numberOf)
  if (open === undefined || high === undefined || low === undefined || close === undefined || volume === undefined) {
    throw new Error('a candle has too few figures')
  }
  if (high < low || volume < 0) throw new Error('a candle has impossible figures')
  return { time: interval === 'day' ? istMidnight(istDate(time)) : time, prices: [open, high, low, close], volume }
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error('a figure of a candle is not a number')
  // Six decimals: what lies behind them is binary noise.
  return Math.round(value * 1e6) / 1e6
}

function seriesOf(bars: readonly Bar[]): CandleSeries {
  const series = createCandleSeries(bars.length)
  bars.forEach(({ time, prices, volume }, i) => {
    series.time[i] = time
    for (const [place, column] of [series.open, series.high, series.low, series.close].entries()) {
      column[i] = prices[place] ?? Number.NaN
    }
    series.volume[i] = volume
  })
  return series
}

/** Returns the series one after the other as one. */
export function joinCandles(parts: readonly CandleSeries[]): CandleSeries {
  const joined = createCandleSeries(parts.reduce((sum, part) => sum + part.time.length, 0))
  let at = 0
  for (const part of parts) {
    for (const [column, values] of Object.entries(part)) joined[column as keyof CandleSeries].set(values, at)
    at += part.time.length
  }
  return joined
}
