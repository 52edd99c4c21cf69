import {
  type CandleSeries,
  createCandleSeries,
  dayMs,
  type EpochMs,
  istDate,
  istMidnight,
  toNumber,
} from '@banyan/domain'
import { listOf, type MostRows, readMost, rowOf, textIn, type VendorRow } from '../vendor-cells.ts'
import { knownFigureIn } from './breeze-cells.ts'
import type { BreezeInterval, TimeRange } from './candle-windows.ts'
import { parseCandleTime } from './vendor-time.ts'

/** One bar: `time` is when it opened, for a day 00:00 IST; rupees and units. */
export interface BreezeCandle {
  readonly time: EpochMs
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

const lengthMs = { '1minute': 60_000, '5minute': 300_000, '30minute': 1_800_000, day: dayMs } as const

/** Reads `Success` of `historicalcharts`. Throws when more than 1 % of the rows are not understood. */
export function readCandles(interval: BreezeInterval, success: unknown): MostRows<BreezeCandle> {
  return readMost(listOf(success, 'candles'), (item) => readCandle(interval, rowOf(item, 'a candle')))
}

function readCandle(interval: BreezeInterval, row: VendorRow): BreezeCandle {
  const time = parseCandleTime(textIn(row, 'datetime'))
  if (time === null) throw new Error('datetime is not a time')
  const candle = {
    time: interval === 'day' ? istMidnight(istDate(time)) : time,
    open: numberIn(row, 'open'),
    high: numberIn(row, 'high'),
    low: numberIn(row, 'low'),
    close: numberIn(row, 'close'),
    volume: numberIn(row, 'volume'),
  }
  const { open, high, low, close } = candle
  if (low > Math.min(open, close) || high < Math.max(open, close))
    throw new Error('the prices of a candle do not fit together')
  return candle
}

function numberIn(row: VendorRow, field: string): number {
  return toNumber(knownFigureIn(row, field), 6)
}

/**
 * Returns the bars that open in the range and were over at `now`, oldest first, each time once. Bars of price 0, as there are before a
 * share was listed, are none. Today's daily bar counts as forming until the day is over.
 */
export function toSeries(
  candles: readonly BreezeCandle[],
  interval: BreezeInterval,
  { from, to }: TimeRange,
  now: EpochMs,
): CandleSeries {
  const before = Math.min(to, now - lengthMs[interval] + 1)
  const kept = candles.filter(({ time, low }) => time >= from && time < before && low > 0)
  const bars = [...new Map(kept.map((candle) => [candle.time, candle])).values()].sort((a, b) => a.time - b.time)
  const series = createCandleSeries(bars.length)
  bars.forEach((bar, index) => {
    for (const column of ['time', 'open', 'high', 'low', 'close', 'volume'] as const)
      series[column][index] = bar[column]
  })
  return series
}
