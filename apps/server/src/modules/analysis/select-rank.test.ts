import fc from 'fast-check'
import { expect, it } from 'vitest'
import { selectRank } from './select-rank.ts'

it('brings rank after rank to where sorting brings them', () => {
  const value = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -3, max: 3 }))
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), fc.array(fc.nat()), (list, numbers) => {
      const [values, sorted] = [Float64Array.from(list), Float64Array.from(list).sort()]
      const ranks = numbers.map((number) => number % list.length).toSorted((a, b) => a - b)
      ranks.forEach((rank, i) => {
        selectRank(values, rank, ranks[i - 1])
        expect(values[rank] === sorted[rank]).toBe(true)
      })
      expect(values.sort().every((each, i) => each === sorted[i])).toBe(true)
    }),
  )
})
