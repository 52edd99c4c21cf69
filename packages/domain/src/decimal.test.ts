import Big from 'big.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalOf, isDecimal, parseDecimal, sumOf, toNumber } from './decimal.ts'
import { roundHalfAway } from './rounding.ts'

const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true })

describe('decimalOf', () => {
  it('drops binary noise behind the sixth decimal', () => {
    expect(decimalOf(0.5999999999999659).toString()).toBe('0.6')
    expect(decimalOf(801.78125).toString()).toBe('801.78125')
  })

  it('refuses what is not a number', () => {
    expect(() => decimalOf(Number.NaN)).toThrow(RangeError)
    expect(() => decimalOf(Number.POSITIVE_INFINITY)).toThrow(RangeError)
  })

  it('gives back every number of six decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (millionths) => {
        const value = millionths / 1e6
        expect(toNumber(decimalOf(value), 6)).toBe(value + 0)
      }),
    )
  })
})

describe('parseDecimal', () => {
  it.each(['', ' 1', '1.', '.5', '1e3', '+1', '0x10', '1,000', 'NaN', 'Infinity', '--1'])('refuses "%s"', (text) => {
    expect(parseDecimal(text)).toBeNull()
  })

  it.each([
    ['10', '10'],
    ['-12.50', '-12.5'],
    ['123456789012345678.000001', '123456789012345678.000001'],
  ])('reads %s exactly', (text, expected) => {
    expect(parseDecimal(text)?.toFixed()).toBe(expected)
  })
})

describe('isDecimal', () => {
  it('tells decimals from numbers and texts of them', () => {
    expect([decimalOf(1), 1, '1', null, {}].map(isDecimal)).toEqual([true, false, false, false, false])
  })
})

describe('toNumber', () => {
  it('rounds as roundHalfAway does', () => {
    fc.assert(
      fc.property(finite, fc.integer({ min: 0, max: 6 }), (value, places) => {
        expect(toNumber(new Big(value), places)).toBe(roundHalfAway(value, places) + 0)
      }),
    )
  })

  it('never gives a negative zero', () => {
    expect(Object.is(toNumber(new Big('-0.001'), 2), 0)).toBe(true)
  })
})

describe('sumOf', () => {
  it('is exact where numbers are not, and zero for none', () => {
    expect(sumOf([0.1, 0.2].map(decimalOf)).toString()).toBe('0.3')
    expect(sumOf([]).toString()).toBe('0')
  })

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(finite.map(decimalOf)), (values) => {
        expect(sumOf([...values].reverse()).eq(sumOf(values))).toBe(true)
      }),
    )
  })
})
