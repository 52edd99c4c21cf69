import { type CandleSeries, createCandleSeries, dayMs } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import type { CandlestickId } from './candlestick-id.ts'
import { scanCandlesticks } from './scan-candlesticks.ts'

/** open, high, low, close */
export type Row = readonly [number, number, number, number]

interface Examples {
  /** Candles whose last one completes the pattern, with the value it gets. */
  readonly found: readonly { readonly value: number; readonly rows: readonly Row[] }[]
  /** Candles that miss the pattern by the one thing the key says. */
  readonly missed: Readonly<Record<string, readonly Row[]>>
}

/** Body 2, range 4, shadows of 1: so a long body is above 2, a tiny shadow below 0.4, near is 0.8, far 2.4, equal 0.2. */
const calm: readonly Row[] = Array.from({ length: 14 }, (_, i) =>
  i % 2 === 0 ? [100, 103, 99, 102] : [102, 103, 99, 100],
)

/** Holds a pattern to hand-made examples, each following fourteen calm candles, the last of them black from 102 to 100. */
export function describePattern(id: CandlestickId, { found, missed }: Examples): void {
  describe(id, () => {
    it.each(found)('is $value at the end of $rows', ({ value, rows }) => {
      expect(lastValue(id, rows)).toBe(value)
    })

    it.each(Object.entries(missed))('is not there when %s', (_, rows) => {
      expect(lastValue(id, rows)).toBe(0)
    })
  })
}

/** Returns daily candles with these prices. */
export function seriesOf(rows: readonly Row[]): CandleSeries {
  const series = createCandleSeries(rows.length)
  rows.forEach(([open, high, low, close], i) => {
    series.time[i] = i * dayMs
    series.open[i] = open
    series.high[i] = high
    series.low[i] = low
    series.close[i] = close
  })
  return series
}

function lastValue(id: CandlestickId, rows: readonly Row[]): number | undefined {
  return scanCandlesticks(seriesOf([...calm, ...rows]))
    .values(id)
    .at(-1)
}
