import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type BitColumn,
  createBits,
  keepWhere,
  listBits,
  oneLater,
  setFrom,
  whereAbove,
  whereNot,
  writeWhere,
} from './bit-column.ts'

const lengths = fc.integer({ min: 0, max: 100 })
const numbers = lengths.chain((length) => {
  const column = fc.array(fc.constantFrom(-1, 0, 1, Number.NaN), { minLength: length, maxLength: length })
  return fc.tuple(column, column).map(([a, b]) => [Float64Array.from(a), Float64Array.from(b)] as const)
})

function bitsOf(bits: BitColumn): number[] {
  const indices = new Int32Array(bits.length * 32)
  return [...indices.subarray(0, listBits(bits, indices))]
}

function indicesWhere(length: number, test: (i: number) => boolean): number[] {
  return Array.from({ length }, (_, i) => i).filter(test)
}

it('marks where a column is above another, never at NaN, and where it is not', () => {
  fc.assert(
    fc.property(numbers, ([a, b]) => {
      const isAbove = (i: number) => (a[i] ?? Number.NaN) > (b[i] ?? Number.NaN)
      const bits = whereAbove(a, b)
      expect(bitsOf(bits)).toEqual(indicesWhere(a.length, isAbove))
      expect(bitsOf(whereNot(bits, a.length))).toEqual(indicesWhere(a.length, (i) => !isAbove(i)))
    }),
  )
})

it('moves bits by a candle: the comparison with the candle before', () => {
  fc.assert(
    fc.property(numbers, ([a, b]) => {
      const bits = oneLater(whereAbove(a.subarray(1), b), a.length)
      expect(bitsOf(bits)).toEqual(indicesWhere(a.length, (i) => (a[i] ?? 0) > (b[i - 1] ?? Number.NaN)))
    }),
  )
})

it('sets all bits from a candle to the last one', () => {
  fc.assert(
    fc.property(lengths, fc.integer({ min: 0, max: 120 }), (length, start) => {
      const bits = createBits(length).fill(-1)
      setFrom(bits, start, length)
      expect(bitsOf(bits)).toEqual(indicesWhere(length, (i) => i >= start))
    }),
  )
})

it('keeps the candles whose predecessor has the trait, and writes values there', () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 0, max: 31 }), ([a, b], ago) => {
      const wanted = whereAbove(a, b)
      const bits = createBits(a.length)
      setFrom(bits, 0, a.length)
      keepWhere(bits, wanted, ago)
      const expected = bitsOf(wanted)
        .map((i) => i + ago)
        .filter((i) => i < a.length)
      expect(bitsOf(bits)).toEqual(expected)
      const values = new Int16Array(a.length)
      writeWhere(values, bits, -80)
      expect(indicesWhere(a.length, (i) => values[i] === -80)).toEqual(expected)
    }),
  )
})
