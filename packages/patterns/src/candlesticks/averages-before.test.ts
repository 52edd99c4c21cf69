import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arbitraryTies } from './arbitrary-rows.suite.ts'
import { averagesBefore, firstAgreement, restartAverages } from './averages-before.ts'
import { measureCandles } from './measure-candles.ts'
import { seriesOf } from './pattern-examples.suite.ts'

const starts = fc.integer({ min: 11, max: 14 })

it('averages the values before each candle, from the start on', () => {
  const averages = averagesBefore(Float64Array.of(1, 2, 4, 8, 16), { period: 2, start: 3, factor: 10 })
  expect([...averages]).toEqual([0, 0, 0, 30, 60])
})

it('has none for a series that ends before the start', () => {
  const values = Float64Array.of(1, 2)
  expect([...averagesBefore(values, { period: 2, start: 2, factor: 1 })]).toEqual([0, 0])
  expect(firstAgreement(values, 2, [2, 3])).toBe(2)
})

it('knows from where on averages begun at different candles are the same', () => {
  fc.assert(
    fc.property(arbitraryTies(120), starts, (rows, later) => {
      const { body } = measureCandles(seriesOf(rows))
      const from = firstAgreement(body, 10, [10, later])
      const [early, late] = [10, later].map((start) => averagesBefore(body, { period: 10, start, factor: 10 }))
      expect(from).toBeGreaterThanOrEqual(later)
      expect(late?.subarray(from)).toEqual(early?.subarray(from))
    }),
  )
})

it('begins averages anew to the last bit', () => {
  fc.assert(
    fc.property(arbitraryTies(120), starts, (rows, start) => {
      const { range } = measureCandles(seriesOf(rows))
      const begun = { start: 10, averages: averagesBefore(range, { period: 10, start: 10, factor: 0.1 }) }
      const anew = restartAverages(range, { period: 10, start, factor: 0.1 }, begun)
      const expected = averagesBefore(range, { period: 10, start, factor: 0.1 })
      expect(anew.subarray(start)).toEqual(expected.subarray(start))
    }),
  )
})
