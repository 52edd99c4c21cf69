import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Adjustment, adjustCandles } from './adjustment.ts'
import { type CandleSeries, createCandleSeries } from './candle.ts'
import { addDays, istMidnight } from './market-time.ts'

const firstDate = '2024-10-01'

function seriesOf(closes: readonly number[], stepDays = 1): CandleSeries {
  const series = createCandleSeries(closes.length)
  closes.forEach((close, i) => {
    series.time[i] = istMidnight(addDays(firstDate, i * stepDays))
    series.open[i] = close
    series.high[i] = close * 1.01
    series.low[i] = close * 0.99
    series.close[i] = close
    series.volume[i] = 1_000 + i
  })
  return series
}

function split(dayIndex: number, factor: number): Adjustment {
  return { exDate: addDays(firstDate, dayIndex), factor, kind: 'split', source: 'test' }
}

describe('adjustCandles', () => {
  it('divides prices before the ex-date and multiplies volume, and leaves the ex-date itself', () => {
    const adjusted = adjustCandles(seriesOf([100, 100, 50, 50]), [split(2, 2)])
    expect([...adjusted.close]).toEqual([50, 50, 50, 50])
    expect([...adjusted.open]).toEqual([50, 50, 50, 50])
    expect([...adjusted.high].slice(0, 2)).toEqual([50.5, 50.5])
    expect([...adjusted.volume]).toEqual([2_000, 2_002, 1_002, 1_003])
  })

  it('treats minutes of the ex-date as after it and of the evening before as before it', () => {
    const series = seriesOf([100, 50])
    series.time[0] = istMidnight(firstDate) - 60_000
    series.time[1] = istMidnight(firstDate) + 9.25 * 3_600_000
    expect([...adjustCandles(series, [split(0, 2)]).close]).toEqual([50, 50])
  })

  it('makes prices higher for a consolidation', () => {
    const adjusted = adjustCandles(seriesOf([10, 100]), [{ ...split(1, 0.1), kind: 'consolidation' }])
    expect([...adjusted.close]).toEqual([100, 100])
    expect([...adjusted.volume]).toEqual([100, 1_001])
  })

  it('applies all factors of one ex-date, and two ex-dates one after the other', () => {
    expect([...adjustCandles(seriesOf([60, 10]), [split(1, 2), split(1, 3)]).close]).toEqual([10, 10])
    expect([...adjustCandles(seriesOf([60, 30, 10]), [split(1, 2), split(2, 3)]).close]).toEqual([10, 10, 10])
  })

  it('leaves bars alone that no factor touches, digit for digit, and never changes its input', () => {
    const series = seriesOf([1.23456789, 7.654321, 3.3333333])
    const before = [...series.close]
    const adjusted = adjustCandles(series, [split(1, 2)])
    expect([...adjusted.close].slice(1)).toEqual(before.slice(1))
    expect([...series.close]).toEqual(before)
    expect(adjustCandles(series, [])).toBe(series)
    expect(adjusted.time).toBe(series.time)
  })

  it('keeps a missing price missing', () => {
    expect(adjustCandles(seriesOf([Number.NaN, 5]), [split(1, 2)]).close[0]).toBeNaN()
  })

  it('gives in one step what two splits give one after the other, whatever their order', () => {
    const closes = fc.array(fc.integer({ min: 1_000, max: 10_000_000 }), { minLength: 1, maxLength: 40 })
    const splits = fc.tuple(fc.nat({ max: 40 }), fc.constantFrom(2, 5, 10, 0.5, 1.5))
    fc.assert(
      fc.property(closes, splits, splits, (paise, [dayA, factorA], [dayB, factorB]) => {
        const series = seriesOf(paise.map((p) => p / 100))
        const [a, b] = [split(dayA, factorA), split(dayB, factorB)]
        const together = adjustCandles(series, [a, b])
        expect(adjustCandles(series, [b, a])).toEqual(together)
        const apart = adjustCandles(adjustCandles(series, [a]), [b])
        const differences = together.close.map((close, i) => Math.abs(close - (apart.close[i] ?? Number.NaN)))
        expect(Math.max(...differences)).toBeLessThan(2.1e-4)
      }),
    )
  })

  it('keeps turnover: price times volume changes by rounding only', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 5_000 }), fc.constantFrom(2, 5, 10), (price, factor) => {
        const adjusted = adjustCandles(seriesOf([price, price]), [split(1, factor)])
        expect((adjusted.close[0] ?? 0) * (adjusted.volume[0] ?? 0)).toBeCloseTo(price * 1_000, 6)
      }),
    )
  })
})
