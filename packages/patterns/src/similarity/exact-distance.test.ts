import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createExactDistance } from './exact-distance.ts'
import { prepareQuery } from './prepare-query.ts'
import { randomWalk } from './testing/random-closes.ts'
import { fullMatrix } from './testing/search-all.ts'
import { zNormalize } from './z-normalize.ts'

const cases = fc.record({
  length: fc.integer({ min: 2, max: 40 }),
  seed: fc.nat(),
  bandRatio: fc.constantFrom(0, 0.05, 0.1, 0.3, 1),
  ease: fc.constantFrom(0, 0.3, 0.9),
})

it('measures bit by bit what the full matrix gives, up to the limit and not beyond', () => {
  fc.assert(
    fc.property(cases, ({ length, seed, bandRatio, ease }) => {
      const radius = Math.min(Math.floor(bandRatio * length), length - 1)
      const query = prepareQuery(randomWalk(length, seed), radius)
      // The more ease, the more the window is the query one point late.
      const late = randomWalk(length + 1, seed + 1).map(
        (value, i) => (1 - ease) * value + ease * (query.shape[i - 1] ?? 0),
      )
      const window = new Float64Array(length)
      zNormalize(late, 0, window)
      const expected = fullMatrix([...query.shape], [...window], radius)
      const measure = createExactDistance(query)
      expect(measure(late, 0, Number.POSITIVE_INFINITY)).toBe(expected)
      expect(measure(late, 0, expected)).toBe(expected)
      expect(measure(late, 0, expected * 0.999 - 1e-9)).toBe(Number.POSITIVE_INFINITY)
    }),
    { numRuns: 1_000 },
  )
})

it('finds a flat window infinitely far away', () => {
  const measure = createExactDistance(prepareQuery(Float64Array.from([1, 2, 1]), 1))
  expect(measure(new Float64Array(3).fill(4), 0, Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
})
