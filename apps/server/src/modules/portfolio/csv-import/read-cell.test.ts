import { dateOfDayNumber, parseDecimal } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDate, readPrice, readQuantity, readSegment, readSide, readTime } from './read-cell.ts'

const shown = (cell: { value: unknown } | { reason: string }) => ('value' in cell ? String(cell.value) : cell.reason)

/** Groups digits as India does: the last three, then pairs. */
function grouped(digits: string): string {
  const [head, tail] = [digits.slice(0, -3), digits.slice(-3)]
  return head === '' ? tail : `${head.replaceAll(/\B(?=(\d\d)+$)/g, ',')},${tail}`
}

describe('amounts', () => {
  it('are read exactly, grouped as in India or not, with a rupee sign or not', () => {
    const amounts = fc.tuple(fc.nat(999_999_999), fc.nat(999_999), fc.constantFrom('', '₹', '₹ ', 'Rs. ', 'INR '))
    fc.assert(
      fc.property(amounts, fc.boolean(), ([whole, fraction, sign], isGrouped) => {
        const digits = `.${String(fraction).padStart(6, '0')}`
        const text = `${sign}${isGrouped ? grouped(String(whole)) : whole}${digits}`
        expect(shown(readPrice(text))).toBe(parseDecimal(`${whole}${digits}`)?.toString())
        expect(shown(readQuantity(text))).toBe(shown(readPrice(text)))
      }),
    )
  })

  it.each([
    ['1,23,456.50', '123456.5'],
    ['1,234,567', '1234567'],
    ['12.', '12'],
    ['-0', '0'],
    ['1,000,000,000', '1000000000'],
    ['1000000000.000001', 'is more than 1,000,000,000'],
    ['-0.01', 'is below 0'],
    ['1.234,50', 'is not a number'],
    ['1,2', 'is not a number'],
    ['1,23,45', 'is not a number'],
    ['1e3', 'is not a number'],
    ['०१२', 'is not a number'],
    ['0x10', 'is not a number'],
    ['NaN', 'is not a number'],
    ['9'.repeat(61), 'is not a number'],
  ])('%s is %s', (text, value) => {
    expect(shown(readPrice(text))).toBe(value)
  })

  it('of units have no more than 6 decimals; prices are rounded there', () => {
    expect(shown(readQuantity('1.0000001'))).toBe('has more than 6 decimals')
    expect(shown(readQuantity('1.0000000'))).toBe('1')
    expect(shown(readPrice('71.84710665'))).toBe('71.847107')
  })
})

describe('dates', () => {
  it('are read in every form brokers write', () => {
    const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
    fc.assert(
      fc.property(fc.integer({ min: 10_957, max: 47_481 }), fc.constantFrom('', ' 09:15:00', 'T09:15'), (day, time) => {
        const date = dateOfDayNumber(day)
        const [y = '', m = '', d = ''] = date.split('-')
        const name = names[Number(m) - 1] ?? ''
        const forms = [date, `${d}-${m}-${y}`, `${d}/${m}/${y.slice(2)}`, `${Number(d)}.${Number(m)}.${y}`]
        const named = [`${d}-${name}-${y}`, `${d}-${name.toUpperCase()}-${y.slice(2)}`, `${Number(d)} ${name} ${y}`]
        for (const form of [...forms, ...named]) expect(shown(readDate(`${form}${time}`))).toBe(date)
      }),
    )
  })

  it.each([
    ['2026-02-29', 'is not an existing date'],
    ['31-04-2026', 'is not an existing date'],
    ['12/25/2025', 'is not an existing date'],
    ['12-Foo-2025', 'is not an existing date'],
    ['12-03-2026x', 'is not a date'],
    ['20260312', 'is not a date'],
    ['yesterday', 'is not a date'],
    ['46093', 'is not a date'],
  ])('%s %s', (text, reason) => {
    expect(shown(readDate(text))).toBe(reason)
  })
})

describe('times of day', () => {
  it.each([
    ['2025-06-02T09:31:07', (9 * 60 + 31) * 60 + 7],
    ['9:15', (9 * 60 + 15) * 60],
    ['12:05:00 AM', 5 * 60],
    ['12:05 pm', (12 * 60 + 5) * 60],
    ['2:15 PM', (14 * 60 + 15) * 60],
    ['2026-01-05T10:15:30.250+05:30', (10 * 60 + 15) * 60 + 30],
  ])('%s', (text, seconds) => {
    expect(shown(readTime(text))).toBe(String(seconds * 1000))
  })

  it.each(['24:00', '13:00 PM', '09:60', '9', '09:15Z', 'soon'])('%s is none', (text) => {
    expect(shown(readTime(text))).toBe('is not a time')
  })
})

describe('words', () => {
  it('say which way a trade went, in any case', () => {
    expect(['BUY', 'b', 'Purchase'].map((word) => shown(readSide(word)))).toEqual(['buy', 'buy', 'buy'])
    expect(['Sell', 'S', 'sold'].map((word) => shown(readSide(word)))).toEqual(['sell', 'sell', 'sell'])
    expect(shown(readSide('bonus'))).toBe('is neither buy nor sell')
  })

  it('tell the segments of shares and funds from others', () => {
    for (const word of ['EQ', 'mf', 'Rolling', 'Equity']) expect(shown(readSegment(word))).toBe('null')
    for (const word of ['FO', 'F&O', 'CDS', 'COM', 'EQ-FO'])
      expect(shown(readSegment(word))).toBe('is not the segment of shares or funds')
  })
})
