import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valueCodec } from './value-codec.ts'

const column = fc.array(fc.double(), { maxLength: 50 }).map((numbers) => Float64Array.from(numbers))
const plain = fc.letrec((tie) => ({
  value: fc.oneof(column, fc.string(), fc.integer(), fc.boolean(), fc.constant(null), tie('list'), tie('record')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  record: fc.dictionary(
    fc.string({ maxLength: 6 }).filter((key) => key !== '__proto__' && key !== '$f64'),
    tie('value'),
    { maxKeys: 4 },
  ),
})).value

describe('the codec of the shared cache', () => {
  it('gives back every plain value with its number columns, bit for bit', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(valueCodec.deserialize(valueCodec.serialize({ value }))).toEqual({ value })
      }),
    )
  })

  it('takes a view on a larger memory for what it shows, not for the whole', () => {
    const view = Float64Array.from([1, 2, 3, 4]).subarray(1, 3)
    expect(valueCodec.deserialize(valueCodec.serialize(view))).toEqual(Float64Array.from([2, 3]))
  })
})
