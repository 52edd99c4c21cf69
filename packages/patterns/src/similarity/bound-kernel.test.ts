import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundLimit } from './bound-kernel.ts'
import { createExactDistance } from './exact-distance.ts'
import { createPlainKernel } from './plain-kernel.ts'
import { prepareQuery } from './prepare-query.ts'
import { createSimdKernel } from './simd/simd-kernel.ts'
import { randomWalk } from './testing/random-closes.ts'
import { loadBlock } from './window-block.ts'

/** A query, and a series that holds it again and again, stretched here and squeezed there, with noise in between. */
const warped = fc
  .record({
    length: fc.integer({ min: 2, max: 60 }),
    seed: fc.nat(),
    stretch: fc.double({ min: 0, max: 3, noNaN: true }),
  })
  .map(({ length, seed, stretch }) => {
    const query = randomWalk(length, seed)
    const noise = randomWalk(6 * length, seed + 1)
    const values = noise.map((value, i) => {
      const place = (i % length) + stretch * Math.sin((i * 6.28) / length)
      const nearest = query[Math.min(length - 1, Math.max(0, Math.round(place)))] ?? 0
      return nearest + (value - 1_000) * 0.05
    })
    return { query, values }
  })
const bandRatio = fc.constantFrom(0, 0.05, 0.1, 0.25, 1)

function prepare(query: Float64Array, ratio: number) {
  return prepareQuery(query, Math.min(Math.floor(ratio * query.length), query.length - 1))
}

describe.each(Object.entries({ plain: createPlainKernel, simd: createSimdKernel }))(
  'the %s kernel',
  (_, createKernel) => {
    it('leaves every window within the limit, also one exactly at it', () => {
      fc.assert(
        fc.property(warped, bandRatio, ({ query, values }, ratio) => {
          const prepared = prepare(query, ratio)
          const measure = createExactDistance(prepared)
          const count = values.length - query.length + 1
          const windows = Math.ceil(count / 8) * 8
          const kernel = createKernel({ query: prepared, windows })
          if (!kernel) throw new Error('this host has no WebAssembly SIMD')
          const block = { first: 0, count, begin: 0, end: values.length }
          const unbounded = new Int32Array(windows)
          const others = loadBlock(values, block, { query: prepared, kernel, unbounded })
          kernel.envelop(count)
          const distances = Array.from({ length: count }, (_window, start) => measure(values, start, Infinity))
          for (const limit of distances.filter((_distance, i) => i % 17 === 0)) {
            const left = kernel.survivors.subarray(0, kernel.filter(0, count, boundLimit(limit, query.length)))
            const kept = new Set([...left, ...unbounded.subarray(0, others)])
            expect(distances.flatMap((distance, w) => (distance <= limit && !kept.has(w) ? [w] : []))).toEqual([])
          }
          kernel.release()
        }),
        { numRuns: 300 },
      )
    })
  },
)
