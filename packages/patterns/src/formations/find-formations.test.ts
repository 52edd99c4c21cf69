import { createCandleSeries } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PatternInputError } from '../pattern-input-error.ts'
import { findFormations } from './find-formations.ts'
import { type FormationId, formationIds } from './formation.ts'
import { labelledShapes } from './testing/labelled-shapes.ts'
import { randomWalk } from './testing/random-walk.ts'
import { scaled, seriesOf, seriesThrough } from './testing/shape-series.ts'

describe('findFormations', () => {
  it.each(labelledShapes)(
    'finds a $direction $pattern where a person marks it',
    ({ pattern, direction, anchors, reach, series }) => {
      for (const seed of [1, 2, 3, 4, 5]) {
        const found = findFormations(series(seed), { patterns: [pattern] })
        const marked = found.filter((formation) =>
          anchors.every((index, i) => Math.abs(index - (formation.anchors[i]?.index ?? Number.NaN)) <= reach),
        )
        const confirmed = marked.filter(({ confirmedAt }) => confirmedAt !== null)
        expect(
          confirmed.map((formation) => formation.direction),
          `seed ${seed}`,
        ).toContain(direction)
      }
    },
  )

  it('has a labelled shape for every formation', () => {
    expect(new Set(labelledShapes.map(({ pattern }) => pattern))).toEqual(new Set(formationIds))
  })

  it('finds the same at any price level', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -20, max: 20 }), (seed, power) => {
        const walk = randomWalk(400, seed)
        // A power of two leaves every comparison exactly as it was.
        const factor = 2 ** power
        const expected = findFormations(walk).map((formation) => pricesTimes(formation, factor))
        expect(findFormations(scaled(walk, factor))).toEqual(expected)
      }),
      { numRuns: 12 },
    )
  })

  it('finds the same in another currency', () => {
    const walk = randomWalk(1500, 5)
    const [one, other] = [walk, scaled(walk, 83.27)].map((series) =>
      findFormations(series).map(({ pattern, state, start, end, detectedAt, quality }) =>
        [pattern, state, start, end, detectedAt, quality].join(),
      ),
    )
    expect(other).toEqual(one)
  })

  it('finds of some formations what it finds of them among all', () => {
    fc.assert(
      fc.property(fc.integer(), fc.subarray([...formationIds]), (seed, patterns) => {
        const walk = randomWalk(500, seed)
        const among = findFormations(walk).filter(({ pattern }) => patterns.includes(pattern))
        expect(findFormations(walk, { patterns })).toEqual(among)
      }),
      { numRuns: 12 },
    )
  })

  it('finds nothing longer than asked for', () => {
    const found = findFormations(randomWalk(2500, 3), { maxLength: 40 })
    expect(found.length).toBeGreaterThan(0)
    expect(Math.max(...found.map(({ start, detectedAt }) => detectedAt - start))).toBeLessThanOrEqual(40)
  })

  it('sees fewer swings the larger the reversal asked for', () => {
    const walk = randomWalk(2500, 4)
    const patterns: FormationId[] = ['double_top', 'double_bottom', 'rising_wedge', 'falling_wedge']
    const counts = [2, 5, 20].map((pivotPct) => findFormations(walk, { patterns, pivotPct }).length)
    expect(counts).toEqual(counts.toSorted((a, b) => b - a))
    expect(counts[0]).toBeGreaterThan(counts[2] ?? 0)
  })

  it('changes nothing in what it is given', () => {
    const [walk, copy] = [randomWalk(500, 6), randomWalk(500, 6)]
    expect(findFormations(walk)).toEqual(findFormations(copy))
    expect(walk).toEqual(copy)
  })
})

describe('findFormations, on input without formations', () => {
  it.each(Array.from({ length: 4 }, (_, length) => length))('finds none in %i candles', (length) => {
    expect(
      findFormations(randomWalk(length, 1), { patterns: formationIds.filter((id) => id !== 'inside_bar') }),
    ).toEqual([])
  })

  it('finds none in prices that do not move', () => {
    expect(findFormations(seriesOf(Array.from({ length: 300 }, () => [100, 100, 100, 100])))).toEqual([])
    expect(findFormations(seriesOf(Array.from({ length: 300 }, () => [100, 101, 99, 100])))).toEqual([])
  })

  it('finds none in a rise without a pullback but trend and range candles', () => {
    const rise = seriesThrough(
      [
        [0, 50],
        [200, 150],
      ],
      { noise: 0 },
    )
    expect(findFormations(rise)).toEqual([])
  })
})

describe('findFormations, on volumes it cannot use', () => {
  it.each([0, Number.NaN])('finds the same gaps with every volume %d, of lower quality', (volume) => {
    const walk = randomWalk(2500, 8, { stepPct: 2 })
    const without = { ...walk, volume: walk.volume.map(() => volume) }
    const patterns: FormationId[] = ['breakaway_gap', 'runaway_gap']
    const [known, unknown] = [findFormations(walk, { patterns }), findFormations(without, { patterns })]
    expect(known.length).toBeGreaterThan(0)
    expect(unknown.map(({ detectedAt }) => detectedAt)).toEqual(known.map(({ detectedAt }) => detectedAt))
    known.forEach(({ quality }, i) => {
      expect(unknown[i]?.quality).toBeLessThan(quality)
    })
  })
})

describe('findFormations, on bad input', () => {
  it.each([
    { patterns: ['head' as FormationId] },
    { pivotPct: 0 },
    { pivotPct: -5 },
    { pivotPct: Number.NaN },
    { pivotPct: Number.POSITIVE_INFINITY },
    { pivotPct: 100 },
    { maxLength: 0 },
    { maxLength: 2.5 },
    { maxLength: Number.NaN },
    { maxLength: Number.POSITIVE_INFINITY },
  ])('refuses options %j', (options) => {
    expect(() => findFormations(createCandleSeries(0), options)).toThrow(PatternInputError)
  })
})

/** Multiplies what is a price: each number under one of these names. */
function pricesTimes(value: unknown, factor: number, name = ''): unknown {
  const isPrice = ['price', 'breakout', 'target', 'stop'].includes(name)
  if (typeof value === 'number') return isPrice ? value * factor : value
  if (Array.isArray(value)) return value.map((item) => pricesTimes(item, factor))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pricesTimes(item, factor, key)]))
}
