import type { CandleSeries } from '@banyan/domain'
import { averagesBefore, restartAverages } from './averages-before.ts'

/** Columns with a value per candle. */
export interface CandleParts {
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  /** Higher one of open and close. */
  readonly top: Float64Array
  /** Lower one of open and close. */
  readonly bottom: Float64Array
  /** top − bottom */
  readonly body: Float64Array
  readonly twiceBody: Float64Array
  /** high − top and bottom − low; negative where open or close lies outside high and low. */
  readonly upper: Float64Array
  readonly lower: Float64Array
  /** upper + lower */
  readonly shadows: Float64Array
  /** high − low */
  readonly range: Float64Array
}

/** What conditions read besides: average ranges of the candles before, by where they begin (see `averagesBefore`). */
export interface Candles extends CandleParts {
  readonly fiveRangesFrom5: Float64Array
  readonly fiveRangesFrom6: Float64Array
  readonly fiveRangesFrom10: Float64Array
  readonly fiveRangesFrom11: Float64Array
  readonly tenRangesFrom10: Float64Array
}

export function measureCandles(series: CandleSeries): Candles {
  const parts = measureParts(series)
  const fiveRangesFrom5 = averagesBefore(parts.range, { period: 5, start: 5, factor: 1 })
  const begun = { start: 5, averages: fiveRangesFrom5 }
  const fiveRangesFrom = (start: number) => restartAverages(parts.range, { period: 5, start, factor: 1 }, begun)
  return {
    ...parts,
    fiveRangesFrom5,
    fiveRangesFrom6: fiveRangesFrom(6),
    fiveRangesFrom10: fiveRangesFrom(10),
    fiveRangesFrom11: fiveRangesFrom(11),
    tenRangesFrom10: averagesBefore(parts.range, { period: 10, start: 10, factor: 1 }),
  }
}

function measureParts({ open, high, low, close }: CandleSeries): CandleParts {
  const column = () => new Float64Array(open.length)
  const [top, bottom, body, twiceBody] = [column(), column(), column(), column()]
  const [upper, lower, shadows, range] = [column(), column(), column(), column()]
  for (let i = 0; i < open.length; i++) {
    const [first, last] = [open[i] ?? Number.NaN, close[i] ?? Number.NaN]
    const [highest, lowest] = [high[i] ?? Number.NaN, low[i] ?? Number.NaN]
    const [ceiling, floor] = [Math.max(first, last), Math.min(first, last)]
    top[i] = ceiling
    bottom[i] = floor
    body[i] = ceiling - floor
    twiceBody[i] = 2 * (ceiling - floor)
    upper[i] = highest - ceiling
    lower[i] = floor - lowest
    shadows[i] = highest - ceiling + (floor - lowest)
    range[i] = highest - lowest
  }
  return { open, high, low, close, top, bottom, body, twiceBody, upper, lower, shadows, range }
}
