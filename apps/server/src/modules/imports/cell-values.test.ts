import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTimeParser, dateInName, parseDate, parseNumber } from './cell-values.ts'

describe('parseNumber', () => {
  it('gives exactly the double that the text means', () => {
    const decimal = fc.stringMatching(/^\d{1,12}(\.\d{0,9})?$/)
    const holds = (text: string) => {
      expect(parseNumber(text)).toBe(Number(text))
    }
    fc.assert(fc.property(decimal, holds), { numRuns: 2000 })
  })

  it('gives every finite double back from its own text', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    const holds = (value: number) => {
      expect(parseNumber(` ${value} `)).toBe(value + 0)
    }
    fc.assert(fc.property(finite, holds))
  })

  it('gives a finite number, null or NaN for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = parseNumber(text)
        expect(value === null || Number.isNaN(value) || Number.isFinite(value)).toBe(true)
        if (text.trim() === '') expect(value).toBeNull()
      }),
    )
  })

  it.each([
    ['1,23,456.50', 123456.5],
    ['123,456', 123456],
    ['-', null],
    ['  12.5 ', 12.5],
    ['+3', 3],
    ['12,5', Number.NaN],
    ['0x10', Number.NaN],
    ['1e999', Number.NaN],
    ['.', Number.NaN],
    ['1.2.3', Number.NaN],
    ['Infinity', Number.NaN],
  ])('reads %j as %s', (text, value) => {
    expect(parseNumber(text)).toBe(value)
  })
})

describe('dates', () => {
  it.each([
    ['2026-08-21', false, '2026-08-21'],
    ['21-Aug-2026', false, '2026-08-21'],
    ['04-JUL-2024', false, '2024-07-04'],
    ['20260821', false, '2026-08-21'],
    ['21-08-2026', true, '2026-08-21'],
    ['21-08-2026', false, null],
    ['31-Feb-2026', false, null],
    ['21-Foo-2026', false, null],
  ])('reads %s (day first: %s) as %s', (text, dayFirst, date) => {
    expect(parseDate(text, { dayFirst })).toBe(date)
  })

  it.each([
    ['2026-08-21', '2026-08-20T18:30:00.000Z'],
    ['2026-08-21 09:15:00', '2026-08-21T03:45:00.000Z'],
    ['2026-08-21T09:15', '2026-08-21T03:45:00.000Z'],
    ['2026-08-21T09:15:00+05:30', '2026-08-21T03:45:00.000Z'],
    ['2026-08-21T09:15:00+0530', '2026-08-21T03:45:00.000Z'],
    ['2026-08-21T03:45:00Z', '2026-08-21T03:45:00.000Z'],
    ['2026-08-21T24:00:00', null],
    ['2026-02-30 09:15:00', null],
    ['yesterday', null],
  ])('reads the time %s as %s', (text, instant) => {
    const value = createTimeParser({ dayFirst: false })(text)
    expect(Number.isNaN(value) ? null : new Date(value).toISOString()).toBe(instant)
  })

  it.each([
    ['sec_bhavdata_full_21082026.csv', '2026-08-21'],
    ['cm04JUL2024bhav.csv', '2024-07-04'],
    ['BhavCopy_NSE_CM_0_0_0_20260820_F_0000.csv', '2026-08-20'],
    ['sec_bhavdata_full_EQ_2020-03-23.csv', '2020-03-23'],
    ['ind_close_all_20082026.csv', '2026-08-20'],
    ['prices.csv', null],
    ['99999999.csv', null],
  ])('finds the date of %s: %s', (name, date) => {
    expect(dateInName(name)).toBe(date)
  })
})
