import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isIsin } from './isin.ts'

const alphanumeric = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789']
const stems = fc
  .tuple(
    fc.array(fc.constantFrom(...alphanumeric.slice(0, 26)), { minLength: 2, maxLength: 2 }),
    fc.array(fc.constantFrom(...alphanumeric), { minLength: 9, maxLength: 9 }),
  )
  .map(([country, rest]) => [...country, ...rest].join(''))
const checkDigits = [...'0123456789']

describe('isIsin', () => {
  it.each(['INE002A01018', 'INE009A01021', 'INE467B01029', 'US0378331005', 'GB0002634946'])('accepts %s', (text) => {
    expect(isIsin(text)).toBe(true)
  })

  it.each([
    'DUM418H01029',
    'INE002A01019',
    'ine002a01018',
    'INE002A0101',
    'INE002A010188',
    ' INE002A01018',
    'INE002A01018\n',
    '1NE002A01018',
    'INE002A0101X',
    'INE002A0१018',
    '',
  ])('refuses %j', (text) => {
    expect(isIsin(text)).toBe(false)
  })

  it('accepts exactly one check digit for every stem', () => {
    fc.assert(
      fc.property(stems, (stem) => {
        expect(checkDigits.filter((digit) => isIsin(stem + digit))).toHaveLength(1)
      }),
    )
  })

  it('notices every single wrong digit', () => {
    fc.assert(
      fc.property(stems, fc.nat({ max: 11 }), fc.integer({ min: 1, max: 9 }), (stem, position, shift) => {
        const isin = checkDigits.map((digit) => stem + digit).find(isIsin) ?? ''
        const digit = Number(isin[position])
        fc.pre(Number.isInteger(digit))
        expect(isIsin(isin.slice(0, position) + ((digit + shift) % 10) + isin.slice(position + 1))).toBe(false)
      }),
    )
  })
})
