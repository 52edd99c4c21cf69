import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskEmail, maskMobile, toKotakTime } from './account-texts.ts'

describe('times of the Kotak dialect', () => {
  it.each([
    ['2026-01-05T00:05:09+05:30', '1/5/2026 12:05:09 AM'],
    ['2026-11-21T13:00:00+05:30', '11/21/2026 1:00:00 PM'],
    ['2026-01-05T09:01:00+05:30', '1/5/2026 9:01:00 AM'],
    ['2026-12-31T12:00:00+05:30', '12/31/2026 12:00:00 PM'],
    ['2026-12-31T18:30:00Z', '1/1/2027 12:00:00 AM'],
  ])('print %s as %s', (instant, text) => {
    expect(toKotakTime(Date.parse(instant))).toBe(text)
  })

  it('agree with the zone database for every second of the century', () => {
    const options = { timeZone: 'Asia/Kolkata', dateStyle: 'short', timeStyle: 'medium' } as const
    const parts = new Intl.DateTimeFormat('en-US', { ...options, calendar: 'gregory' })
    const yearOf = new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Kolkata', year: 'numeric' })
    const seconds = fc.integer({ min: Date.UTC(2000, 0) / 1000, max: Date.UTC(2100, 0) / 1000 })
    fc.assert(
      fc.property(seconds, (second) => {
        const [date = '', time = ''] = parts.format(second * 1000).split(', ')
        const dayAndMonth = date.slice(0, date.lastIndexOf('/'))
        const expected = `${dayAndMonth}/${yearOf.format(second * 1000)} ${time.replace(/\s/u, ' ')}`
        expect(toKotakTime(second * 1000)).toBe(expected)
      }),
    )
  })
})

describe('masked addresses', () => {
  it('show the domain and the last three digits', () => {
    expect(maskEmail('asha.rao@example.com')).toBe('XXXX@example.com')
    expect(maskEmail('"a@b"@example.com')).toBe('XXXX@example.com')
    expect(maskMobile('+919812345828')).toBe('XXXXXXX828')
    expect(maskMobile(null)).toBe('')
  })

  it('tell nothing of what stands before the domain, not even its length', () => {
    const local = fc.stringMatching(/^[a-z0-9.]{1,64}$/)
    fc.assert(
      fc.property(local, (name) => {
        expect(maskEmail(`${name}@example.com`)).toBe('XXXX@example.com')
      }),
    )
  })
})
