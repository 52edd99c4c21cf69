import type { CandleSeries } from './candle.ts'
import { type EpochMs, istMidnight, type TradingDate } from './market-time.ts'

/**
 * One corporate action's effect on earlier prices. `factor` = old price ÷ new price, above 1 for a split or bonus
 * (one share became two: 2). Bars before `exDate` are divided by it, their volume multiplied. Unknown factors do not exist here.
 */
export interface Adjustment {
  readonly exDate: TradingDate
  readonly factor: number
  readonly kind: 'split' | 'bonus' | 'consolidation' | 'rights' | 'demerger' | 'other'
  /** Where the factor comes from, for people: a file, a circular. */
  readonly source: string
}

/** Returns the series with every factor applied whose ex-date lies after the bar, prices rounded to 4 decimals. Same length and times. */
export function adjustCandles(series: CandleSeries, adjustments: readonly Adjustment[]): CandleSeries {
  if (adjustments.length === 0) return series
  const steps = adjustments.map((a) => ({ at: istMidnight(a.exDate), factor: a.factor }))
  const byTime = new Float64Array(series.time.length)
  series.time.forEach((time, i) => {
    byTime[i] = cumulativeFactor(steps, time)
  })
  const price = (column: Float64Array) => column.map((value, i) => Math.round((value / (byTime[i] ?? 1)) * 1e4) / 1e4)
  return {
    time: series.time,
    open: price(series.open),
    high: price(series.high),
    low: price(series.low),
    close: price(series.close),
    volume: series.volume.map((value, i) => Math.round(value * (byTime[i] ?? 1))),
  }
}

function cumulativeFactor(steps: readonly { at: EpochMs; factor: number }[], time: EpochMs): number {
  return steps.reduce((product, step) => (time < step.at ? product * step.factor : product), 1)
}
