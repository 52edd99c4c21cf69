import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paiseOf, sumKnown } from './paise.ts'

describe('paise', () => {
  it('round half a paisa away from zero where floating point would round it the other way', () => {
    expect([paiseOf(1, 1.005), paiseOf(-1, 1.005), paiseOf(3, 0.335)]).toEqual([101, -101, 101])
    expect([paiseOf(0.0042, 61_230.5), paiseOf(2e-7, 1e9), paiseOf(1e21, 1)]).toEqual([25_717, 20_000, 1e23])
    expect(paiseOf(0, 1_510)).toBe(0)
  })

  it('are those of exact decimals, whatever the digits', () => {
    const units = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
    const price = fc.integer({ min: 0, max: 1_000_000_000 })
    fc.assert(
      fc.property(units, price, (millis, tenThousandths) => {
        const tenMillionths = BigInt(millis) * BigInt(tenThousandths)
        const size = tenMillionths < 0n ? -tenMillionths : tenMillionths
        const paise = (size + 50_000n) / 100_000n
        const expected = Number(tenMillionths < 0n ? -paise : paise)
        expect(paiseOf(millis / 1_000, tenThousandths / 10_000) + 0).toBe(expected + 0)
      }),
    )
  })

  it('add without an error, and to nothing where nothing is known', () => {
    expect(sumKnown([0.1, 0.2, null, 1_00_00_000.7])).toBe(10_000_001)
    expect([sumKnown([null]), sumKnown([]), sumKnown([null, 0])]).toEqual([null, null, 0])
  })
})
