import type { CandleSeries } from './candle.ts'
import { istMidnight, type TradingDate } from './market-time.ts'

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

/**
 * Returns the series with every factor applied whose ex-date lies after the bar, adjusted prices rounded to 4 decimals and
 * volumes to whole units; bars no factor touches stay as they are. Same length and times. Takes minutes and days: a week or
 * month that holds an ex-date must be aggregated from adjusted days.
 */
export function adjustCandles(series: CandleSeries, adjustments: readonly Adjustment[]): CandleSeries {
  if (adjustments.length === 0) return series
  const factors = cumulativeFactors(series.time, adjustments)
  const price = (column: Float64Array) => column.map((value, i) => dividePrice(value, factors[i] ?? 1))
  return {
    time: series.time,
    open: price(series.open),
    high: price(series.high),
    low: price(series.low),
    close: price(series.close),
    volume: series.volume.map((value, i) => (factors[i] === 1 ? value : Math.round(value * (factors[i] ?? 1)))),
  }
}

function dividePrice(value: number, factor: number): number {
  return factor === 1 ? value : Math.round((value / factor) * 1e4) / 1e4
}

/** Returns per bar the product of the factors with a later ex-date, walking from the newest bar to the oldest. */
function cumulativeFactors(time: Float64Array, adjustments: readonly Adjustment[]): Float64Array {
  const latestFirst = adjustments
    .map(({ exDate, factor }) => ({ at: istMidnight(exDate), factor }))
    .sort((a, b) => b.at - a.at)
  const factors = new Float64Array(time.length)
  let [product, applied] = [1, 0]
  for (let i = time.length - 1; i >= 0; i--) {
    for (let step = latestFirst[applied]; step && (time[i] ?? 0) < step.at; step = latestFirst[++applied])
      product *= step.factor
    factors[i] = product
  }
  return factors
}
