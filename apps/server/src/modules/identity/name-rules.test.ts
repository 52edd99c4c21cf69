import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkNewMpin } from './mpin-rules.ts'
import { createClientCode, foldClientCode, foldEmail, isEmail } from './names.ts'
import { checkNewPassword, normalisePassword } from './password-rules.ts'
import { dailyEnd } from './session-lives.ts'

describe('an e-mail address', () => {
  it.each(['user@example.com', 'a@b.co', 'first.last+tag@sub.example.in', "o'neil@example.com", 'x@xn--p1ai.xn--p1ai'])(
    '%s is one',
    (text) => {
      expect(isEmail(foldEmail(` ${text.toUpperCase()} `))).toBe(true)
    },
  )

  it.each([
    '',
    'a',
    'a@b',
    '@example.com',
    'a@',
    'a@@example.com',
    'a b@example.com',
    'a@exa mple.com',
    'ä@example.com',
    'a@example..com',
    'a@-example.com',
    'a@example.c',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(250)}.com`,
    'a@example.com\n',
    'a@example.com\r\nBcc: b@example.com',
  ])('%j is none', (text) => {
    expect(isEmail(text)).toBe(false)
  })

  it('is read in linear time whatever the text', () => {
    for (const text of [`a@${'a.'.repeat(5_000)}`, `${'a'.repeat(10_000)}@b.co`, `a@${'-'.repeat(10_000)}`])
      expect(isEmail(text)).toBe(false)
  })
})

describe('a client code', () => {
  it('has the form all dialects take and is hardly ever given twice', () => {
    const codes = Array.from({ length: 2_000 }, createClientCode)
    for (const code of codes) expect(code).toMatch(/^[A-HJ-NP-Z][A-HJ-NP-Z2-9]{7}$/)
    expect(new Set(codes).size).toBeGreaterThan(1_995)
    expect(foldClientCode('ab12')).toBe('AB12')
  })
})

describe('a new password', () => {
  const known = { email: 'ashokrao@example.com', name: 'Ashok Rao', clientCode: 'AB1234XY', host: 'banyan.example' }
  const check = (password: string) => checkNewPassword(password, known, (folded) => folded === 'password1')

  it('is measured in characters after NFKC', () => {
    // Two characters that NFKC makes of one: eight of the ligature are sixteen.
    expect(() => check('ﬀﬀﬀﬀ')).not.toThrow()
    expect(() => check('\u0065\u0301'.repeat(7))).toThrow('8 to 256')
    expect(() => check('🐘'.repeat(256))).not.toThrow()
    expect(() => check('🐘'.repeat(257))).toThrow('8 to 256')
    expect(() => check('a'.repeat(1_025))).toThrow('8 to 256')
  })

  it.each([
    'ashokrao',
    'ASHOKRAO',
    'ashokrao@example.com',
    'Ashok Rao',
    'ashok rao',
    'AshokRao',
    'ab1234xy',
    'banyan.example',
    'BanyanBanyan',
  ])('%s is refused, being known to everybody', (password) => {
    expect(() => check(password)).toThrow('must not be a name')
  })

  it('is compared with common ones in every case and width', () => {
    for (const password of ['password1', 'PASSWORD1', 'ｐａｓｓｗｏｒｄ１'])
      expect(() => check(password)).toThrow('too common')
  })

  it('is normalised once: twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(normalisePassword(normalisePassword(text))).toBe(normalisePassword(text))
      }),
    )
  })
})

describe('a new MPIN', () => {
  it.each(['1111', '000000', '1212', '123123', '1234', '4321', '123456', '987654', '1987', '2010', '2024'])(
    '%s is refused',
    (mpin) => {
      expect(() => checkNewMpin(mpin)).toThrow(expect.objectContaining({ code: 'unacceptable_secret' }))
    },
  )

  it.each(['0421', '4829', '48291', '482910', '1357', '8901', '198712', '121233'])('%s is taken', (mpin) => {
    expect(() => checkNewMpin(mpin)).not.toThrow()
  })

  it('is refused for few of all six-digit ones, so that the rules leave guessers no shortcut', () => {
    let refused = 0
    for (let n = 0; n < 1_000_000; n++) {
      try {
        checkNewMpin(String(n).padStart(6, '0'))
      } catch {
        refused += 1
      }
    }
    // Two digits repeated, three digits repeated, the one digit that is both, five runs up and five down.
    expect(refused).toBe(100 + 1_000 - 10 + 10)
  })
})

describe('a daily session', () => {
  it.each([
    ['2026-01-05T00:00:00+05:30', '2026-01-06T06:00:00+05:30'],
    ['2026-01-05T05:59:59+05:30', '2026-01-06T06:00:00+05:30'],
    ['2026-01-05T23:59:59+05:30', '2026-01-06T06:00:00+05:30'],
    ['2026-12-31T12:00:00+05:30', '2027-01-01T06:00:00+05:30'],
  ])('begun at %s ends at %s', (from, to) => {
    expect(dailyEnd(Date.parse(from))).toBe(Date.parse(to))
  })

  it('lasts 6 to 30 hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (now) => {
        const hours = (dailyEnd(now) - now) / 3_600_000
        expect(hours).toBeGreaterThan(6)
        expect(hours).toBeLessThanOrEqual(30)
      }),
    )
  })
})
