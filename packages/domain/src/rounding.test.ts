import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundHalfAway } from './rounding.ts'

/** Writes a number's shortest text without an exponent, as digits and the number of decimals among them. */
function digitsOf(value: number): { digits: bigint; decimals: number } {
  const [mantissa = '', exponent = '0'] = Math.abs(value).toString().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const decimals = fraction.length - Number(exponent)
  const digits = BigInt(whole + fraction)
  return decimals < 0 ? { digits: digits * 10n ** BigInt(-decimals), decimals: 0 } : { digits, decimals }
}

/** Rounds on exact integers. */
function roundExactly(value: number, places: number): number {
  const { digits, decimals } = digitsOf(value)
  if (decimals <= places) return value === 0 ? 0 : value
  const unit = 10n ** BigInt(decimals - places)
  const rounded = Number(`${(digits * 2n + unit) / (unit * 2n)}e-${places}`)
  return rounded === 0 ? 0 : Math.sign(value) * rounded
}

describe('roundHalfAway', () => {
  it.each([
    [1.005, 2, 1.01],
    [-1.005, 2, -1.01],
    [2.5, 0, 3],
    [-2.5, 0, -3],
    [0.285, 2, 0.29],
    [1.4999, 0, 1],
    [8.345, 2, 8.35],
    [5e-7, 6, 0.000001],
    [4.9e-7, 6, 0],
    [1e-300, 2, 0],
    [1e21, 2, 1e21],
    [123456789012345680000, 2, 123456789012345680000],
    [1.5e300, 4, 1.5e300],
    [Number.MAX_VALUE, 2, Number.MAX_VALUE],
    [90071992547409.92, 2, 90071992547409.92],
    [-4037051039.5859947, 5, -4037051039.58599],
  ])('rounds %s to %s places as %s', (value, places, expected) => {
    expect(roundHalfAway(value, places)).toBe(expected)
  })

  it('never gives a negative zero', () => {
    expect(Object.is(roundHalfAway(-0.001, 2), 0)).toBe(true)
    expect(Object.is(roundHalfAway(-0, 2), 0)).toBe(true)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %s', (value) => {
    expect(() => roundHalfAway(value, 2)).toThrow(RangeError)
  })

  it('equals rounding on exact integers, whatever the size', () => {
    const values = fc.oneof(
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      fc.double({ min: -1e7, max: 1e7, noNaN: true }),
      fc.tuple(fc.integer(), fc.integer({ min: 0, max: 7 })).map(([n, places]) => Number(`${n}e-${places}`)),
    )
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 6 }), (value, places) => {
        expect(roundHalfAway(value, places)).toBe(roundExactly(value, places))
      }),
      { numRuns: 2_000 },
    )
  })

  it('is done after once, and mirrors at zero', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), (value) => {
        const once = roundHalfAway(value, 2)
        expect(roundHalfAway(once, 2)).toBe(once)
        expect(roundHalfAway(-value, 2) + once).toBe(0)
      }),
    )
  })
})
