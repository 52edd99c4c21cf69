import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arbitraryTies } from './arbitrary-rows.suite.ts'
import { averagesBefore } from './averages-before.ts'
import { measureCandles } from './measure-candles.ts'
import { seriesOf } from './pattern-examples.suite.ts'
import { createTraitColumns } from './trait-columns.ts'
import { dojiBody, gapsUp, longBody, shortUpper } from './traits.ts'

const starts = fc.integer({ min: 10, max: 14 })

function isSet(bits: Int32Array, i: number): boolean {
  return (((bits[i >> 5] ?? 0) >>> i) & 1) === 1
}

it('gives each look-back the traits of its own running totals, to the last bit', () => {
  fc.assert(
    fc.property(arbitraryTies(120), fc.array(starts, { minLength: 1, maxLength: 5 }), (rows, asked) => {
      const candles = measureCandles(seriesOf(rows))
      const traits = createTraitColumns(candles)
      for (const start of asked) {
        const bodies = averagesBefore(candles.body, { period: 10, start, factor: 1 })
        const tenths = averagesBefore(candles.range, { period: 10, start, factor: 0.1 })
        const halves = averagesBefore(candles.shadows, { period: 10, start, factor: 0.5 })
        for (let i = start; i < rows.length; i++) {
          const at = (column: Float64Array) => column[i] ?? Number.NaN
          expect(isSet(traits(longBody, start), i)).toBe(at(candles.body) > at(bodies))
          expect(isSet(traits(dojiBody, start), i)).toBe(at(candles.body) <= at(tenths))
          expect(isSet(traits(shortUpper, start), i)).toBe(at(candles.upper) < at(halves))
        }
      }
    }),
  )
})

it('compares with the candle before, of which the first has none', () => {
  const candles = measureCandles(
    seriesOf([
      [10, 11, 9, 10],
      [13, 14, 12, 13],
      [13, 15, 14, 14],
    ]),
  )
  const bits = createTraitColumns(candles)(gapsUp, 10)
  expect([0, 1, 2].map((i) => isSet(bits, i))).toEqual([false, true, false])
})
