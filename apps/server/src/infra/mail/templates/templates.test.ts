import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emailChangeCodeMail } from './email-change-code.ts'
import { factorChangedMail } from './factor-changed.ts'
import type { MailContent } from './mail-content.ts'
import { newSignInMail } from './new-sign-in.ts'
import { oneTimeCodeMail } from './one-time-code.ts'
import { passwordChangedMail } from './password-changed.ts'
import { passwordResetLinkMail } from './password-reset-link.ts'
import { plainValue } from './plain-value.ts'
import { refreshReusedMail } from './refresh-reused.ts'
import { secondFactorFailuresMail } from './second-factor-failures.ts'
import { signInOffMail } from './sign-in-off.ts'
import { formatMoment } from './where-from.ts'

const at = Date.UTC(2026, 2, 12, 6, 12, 7)
const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'
const origin = { at, address: '203.0.113.7', device: chrome }
const accountUrl = 'https://banyan.example/account'

/** Every mail that says from where something was done. */
const notices: readonly ((where: typeof origin & { accountUrl: string | null }) => MailContent)[] = [
  newSignInMail,
  passwordChangedMail,
  refreshReusedMail,
  (where) => factorChangedMail({ ...where, factor: 'totp', change: 'removed' }),
  (where) => secondFactorFailuresMail({ ...where, failures: 10, pauseMinutes: 15 }),
  (where) => signInOffMail({ ...where, what: 'password', failures: 100, remedyUrl: where.accountUrl }),
  (where) => signInOffMail({ ...where, what: 'second-factor', failures: 100, remedyUrl: where.accountUrl }),
]
const codes: readonly ((code: string) => MailContent)[] = [
  (code) => emailChangeCodeMail({ code, validMinutes: 5 }),
  ...(['sign-in', 'access-code', 'password-reset', 'mpin-reset'] as const).map(
    (purpose) => (code: string) => oneTimeCodeMail({ purpose, code, validMinutes: 5 }),
  ),
]

/** Returns what a mail program shows of an HTML text, and the tags around it. */
function readHtml(html: string): { shown: string; tags: string[] } {
  const named: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
  const tags = html.match(/<[^>]*>/g) ?? []
  const shown = html.replaceAll(/<[^>]*>/g, '\n').replaceAll(/&[a-z#0-9]+;/g, (entity) => named[entity] ?? '?')
  return { shown, tags }
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '<script>',
        '"',
        "'",
        '&',
        '&lt;',
        '</p>',
        '<a href="http://evil.example">',
        'http://evil.example/x',
        'www.evil.example',
        '\r\n',
        '\n\nCall +91',
        '\u202e',
        '\u2028',
        ' ',
        'x',
      ),
    )
    .map((parts) => parts.join('')),
)

describe('a notice', () => {
  it('tells when in IST, from where and with what, and what to do, in text and HTML alike', () => {
    for (const notice of notices) {
      const { subject, text, html } = notice({ ...origin, accountUrl })
      expect(subject).not.toMatch(/[\r\n]/)
      for (const shown of [text, readHtml(html).shown]) {
        expect(shown).toContain('When: 12 March 2026, 11:42 IST')
        expect(shown).toContain('From: 203.0.113.7')
        expect(shown).toContain(`With: ${chrome}`)
        expect(shown).toContain(accountUrl)
      }
    }
  })

  it('reads well without a public address, a network address or a device', () => {
    for (const notice of notices) {
      const content = notice({ ...origin, address: '', device: ' ', accountUrl: null })
      expect(content.text).toContain('From: not known\nWith: not known\n')
      expect(content.text + content.html).not.toContain('://')
      expect(content.text).not.toMatch(/null|undefined|\n{3}/)
    }
    expect(newSignInMail({ at, address: null, device: null, accountUrl }).text).toContain(
      'From: this server itself\nWith: not known',
    )
  })

  it('shows what a stranger put into it as one harmless line: no tag, no link, no line of its own', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.constantFrom(...notices), (address, device, notice) => {
        const calm = notice({ ...origin, address: 'x', device: 'x', accountUrl })
        const { text, html } = notice({ ...origin, address, device, accountUrl })
        expect(text.split('\n')).toHaveLength(calm.text.split('\n').length)
        expect(readHtml(html).tags).toEqual(readHtml(calm.html).tags)
        for (const shown of [text, readHtml(html).shown]) {
          for (const [found] of shown.matchAll(/\S*:\/\/\S*/g)) expect(found).toBe(accountUrl)
          expect(shown).not.toMatch(/evil\.example|[\u202a-\u202e\u2028]/)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('names every factor and change', () => {
    const mail = factorChangedMail({ ...origin, factor: 'passkey', change: 'added', accountUrl })
    expect(mail.subject).toBe('Added to your Banyan account: a passkey')
    expect(mail.text).toContain('Added to your account: a passkey.\n')
    expect(signInOffMail({ ...origin, what: 'password', failures: 100, remedyUrl: null }).text).toContain(
      'There were 100 wrong passwords in a row',
    )
  })
})

describe('a code', () => {
  it('is in the body once per form, never in the subject, and nothing else of that mail could be taken for one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{4,6}$/), fc.constantFrom(...codes), (code, mailOf) => {
        const { subject, text, html } = mailOf(code)
        expect(subject).not.toMatch(/\d/)
        for (const shown of [text, readHtml(html).shown]) expect(shown.match(/\d{2,}/g)).toEqual([code])
        expect(text + html).toContain('5 minutes')
        expect(text + html).not.toContain('://')
      }),
    )
  })
})

describe('a link', () => {
  it('is the one given and leads nowhere else, whatever its token', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true }), (resetUrl) => {
        const { subject, text, html } = passwordResetLinkMail({ resetUrl, validMinutes: 30 })
        const { href } = new URL(resetUrl)
        expect([...text.matchAll(/https?:\/\/\S*/g)].map(String)).toEqual([href])
        const [target] = readHtml(html).tags.flatMap((tag) => /href="([^"]*)"/.exec(tag)?.[1] ?? [])
        expect(readHtml(target ?? '').shown).toBe(href)
        expect(readHtml(html).shown).toContain(href)
        expect(subject).not.toContain('http')
      }),
    )
  })

  it('that no browser opens is refused', () => {
    for (const resetUrl of ['javascript:alert(1)', 'data:text/html,x', 'banyan.example/reset', '']) {
      expect(() => passwordResetLinkMail({ resetUrl, validMinutes: 30 })).toThrow(TypeError)
    }
  })
})

it('values keep what people need to recognise and lose what mail programs act upon', () => {
  const cases = [
    [chrome, chrome],
    ['2001:db8::1', '2001:db8::1'],
    ['see http://evil.example', 'see http:/evil. example'],
    ['www.evil.example', 'www. evil. example'],
    ['mail a@evil.example', 'mail a@ evil. example'],
    ['a\r\nb\u0000c\u202ed\u00a0e', 'a b c d e'],
    ['  ', 'not known'],
    ['x'.repeat(200), `${'x'.repeat(119)}…`],
  ] as const
  for (const [given, shown] of cases) expect(plainValue(given)).toBe(shown)
})

it('moments are written as people in India write them', () => {
  expect(formatMoment(at)).toBe('12 March 2026, 11:42 IST')
  expect(formatMoment(Date.UTC(2026, 11, 31, 18, 30, 0, 5))).toBe('1 January 2027, 00:00 IST')
})
