import { sliceCandles } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findFormations } from './find-formations.ts'
import { formationIds } from './formation.ts'
import type { FormationOptions } from './formation-options.ts'
import { readAt } from './read-at.ts'
import { labelledShapes } from './testing/labelled-shapes.ts'
import { randomWalk } from './testing/random-walk.ts'
import { type Candle, seriesOf } from './testing/shape-series.ts'

/** Ticks make equal prices, a large step makes gaps. */
const walks = fc.record({
  length: fc.integer({ min: 1, max: 700 }),
  seed: fc.integer(),
  stepPct: fc.constantFrom(0.05, 0.5, 1, 3),
  tick: fc.constantFrom(0, 0.05, 1, 5),
})
const fractions = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 8 })

/** Candles of a few whole prices: ties, flat stretches, closes at the borders, open and close outside high and low. */
const coarse = fc
  .array(fc.tuple(price(), price(), price(), price()), { minLength: 1, maxLength: 150 })
  .map((rows) => seriesOf(rows.map(([open, a, b, close]): Candle => [open, Math.max(a, b), Math.min(a, b), close])))

const options: fc.Arbitrary<FormationOptions> = fc.record(
  { pivotPct: fc.double({ min: 0.1, max: 20, noNaN: true }), maxLength: fc.integer({ min: 5, max: 400 }) },
  { requiredKeys: [] },
)

describe('every formation, read as of a candle, is what was found when the series ended there', () => {
  it.each(labelledShapes)('at every candle of a $direction $pattern', ({ series, pattern }) => {
    const whole = series(7)
    const found = findFormations(whole)
    expect(found.map((formation) => formation.pattern)).toContain(pattern)
    for (let i = 0; i < whole.time.length; i++)
      expect(readAt(found, i)).toEqual(findFormations(sliceCandles(whole, 0, i + 1)))
  })

  it('at any candle of random walks, with any options', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(walks, options, fractions, ({ length, seed, ...shape }, chosen, moments) => {
        const series = randomWalk(length, seed, shape)
        const found = findFormations(series, chosen)
        for (const { pattern } of found) seen.add(pattern)
        for (const moment of moments) {
          const i = Math.floor(moment * (length - 1))
          expect(readAt(found, i)).toEqual(findFormations(sliceCandles(series, 0, i + 1), chosen))
        }
      }),
      { numRuns: 120 },
    )
    expect(seen.size).toBeGreaterThan(0.8 * formationIds.length)
  })

  it('at any candle of a series full of equal prices', () => {
    fc.assert(
      fc.property(coarse, options, fc.nat(), (series, chosen, moment) => {
        const i = moment % series.time.length
        const found = findFormations(series, chosen)
        expect(readAt(found, i)).toEqual(findFormations(sliceCandles(series, 0, i + 1), chosen))
      }),
      { numRuns: 300 },
    )
  })

  it('at the moments around each event of a long walk', () => {
    const walk = randomWalk(1500, 11)
    const found = findFormations(walk)
    const moments = found
      .filter(({ pattern }) => !['nr4', 'nr7', 'inside_bar'].includes(pattern))
      .flatMap(({ events }) => events.map(({ index }) => index))
    for (const i of [...new Set(moments)].sort((a, b) => a - b).filter((_, at) => at % 20 === 0))
      for (const at of [i - 1, i])
        if (at >= 0) expect(readAt(found, at)).toEqual(findFormations(sliceCandles(walk, 0, at + 1)))
  })
})

function price() {
  return fc.integer({ min: 1, max: 12 })
}
