import { Secret } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scrub } from './scrub.ts'

const secrets = (...values: readonly string[]) => values.map((value) => new Secret(value))

describe('scrub', () => {
  it.each([
    ['Invalid `api_key` or `access_token`.', [], 'Invalid `api_key` or `access_token`.'],
    ['key s3cr is wrong', ['s3cr'], 'key [redacted] is wrong'],
    ['S3CR, s3cr and s3Cr', ['s3cr'], '[redacted], [redacted] and [redacted]'],
    ['token abcdefgh12345678 ended', [], 'token [redacted] ended'],
    ['token abcdefgh1234567 ended', [], 'token abcdefgh1234567 ended'],
    ['a=b/c+d-e_f.g=h/i+', [], '[redacted]'],
    ['at %73%33%63%72!', ['s3cr'], 'at [redacted]!'],
    ['at %2573%2533cr!', ['s3cr'], 'at [redacted]!'],
    ['a%2Bb%3d%21 and a+b=!', ['a+b=!'], '[redacted] and [redacted]'],
    ['one+two one%20two one two', ['one two'], '[redacted] [redacted] [redacted]'],
    ['said \\"s\\/3\\u0063r\\"', ['s/3cr'], 'said \\"[redacted]\\"'],
    ['PIN 1\u00002\u200b3\n4', ['1234'], 'PIN [redacted]'],
    ['xabcdefx', ['abcd', 'cdef'], 'x[redacted]x'],
    ['xabcdefx', ['abc', 'def'], 'x[redacted]x'],
    ['aaaa b', ['aaa'], '[redacted] b'],
    ['.*+?^$(){}|[]\\ stays out', ['.*+?^$(){}|[]\\'], '[redacted] stays out'],
    ['é %C3%A9 É', ['é'], '[redacted] [redacted] [redacted]'],
    ['line\r\nfeed\u001b[31m', [], 'linefeed[31m'],
    ['', ['s3cr'], ''],
    ['nothing', [''], 'nothing'],
  ])('makes of %j with %j %j', (text, values, shown) => {
    expect(scrub(text, secrets(...values))).toBe(shown)
  })

  it('cuts at 200 characters and never within one', () => {
    expect(scrub('word '.repeat(100), [])).toHaveLength(199)
    expect(scrub(`${'x '.repeat(99)}x\u{1f600}`, [])).toBe(`${'x '.repeat(99)}x`)
    expect(scrub('x '.repeat(99_999), [])).toHaveLength(199)
  })

  it('finds a secret that begins where it stops looking', () => {
    const text = `${'abcdefgh12345678 '.repeat(400)}`.slice(0, 4090)
    expect(scrub(`${text} my-pin-is 77`, secrets('my-pin-is 77'))).not.toMatch(/my-p/)
  })

  it('looks at a page of any size in no time', () => {
    const long = 'a'.repeat(512)
    expect(scrub('a'.repeat(8_000_000), secrets(long, 'aaaa', '%25%25'))).toBe('[redacted]')
  })
})

const letter = fc.constantFrom(...'abcXYZ019', ' ', '%', '+', '/', '"', '\\', '.', 'é', '₹', '\u{1f600}')
const secretText = fc.array(letter, { minLength: 2, maxLength: 40 }).map((letters) => letters.join(''))
const noise = fc
  .array(fc.oneof(letter, fc.constantFrom('\n', '\u0000', ' ', '<', '&')), { maxLength: 30 })
  .map((l) => l.join(''))

/** Spells a secret in one of the ways in which a vendor may give it back, character by character. */
function spelled(secret: string, ways: readonly number[]): string {
  return Array.from(secret, (character, at) => {
    const way = ways[at % ways.length] ?? 0
    if (way === 1) return encodeURIComponent(character)
    if (way === 2) return encodeURIComponent(encodeURIComponent(character)).toLowerCase()
    if (way === 3) return JSON.stringify(character).slice(1, -1)
    if (way === 4) return /[a-z]/i.test(character) ? swapCase(character) : character
    if (way === 5) return `${character}\u0007`
    if (way === 6) return Array.from({ length: character.length }, (_, unit) => escapeUnit(character, unit)).join('')
    return character
  }).join('')
}
const swapCase = (text: string) => (text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase())
const escapeUnit = (text: string, at: number) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`

describe('whatever a vendor says', () => {
  it('no secret is in it, in any spelling', () => {
    fc.assert(
      fc.property(
        secretText,
        fc.array(fc.nat(6), { minLength: 1, maxLength: 7 }),
        noise,
        noise,
        (secret, ways, before, after) => {
          fc.pre(!'[redacted]'.includes(secret.toLowerCase()))
          const shown = scrub(`${before}${spelled(secret, ways)}${after}`, secrets(secret)).toLowerCase()
          for (const text of [secret, spelled(secret, ways), encodeURIComponent(secret)]) {
            expect(shown).not.toContain(text.toLowerCase())
          }
          expect(shown).toContain('[redacted')
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('no part of secrets that overlap is in it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{12}$/), fc.nat(5), fc.integer({ min: 6, max: 12 }), (text, from, to) => {
        const both = secrets(text.slice(0, to), text.slice(from))
        expect(scrub(`<${text}>`, both)).toBe('<[redacted]>')
      }),
    )
  })

  it('it is at most 200 characters, without control characters and without a run of 16', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 600 }),
        fc.array(secretText, { maxLength: 3 }),
        (text, values) => {
          const shown = scrub(text, secrets(...values))
          expect(shown.length).toBeLessThanOrEqual(200)
          expect(shown).not.toMatch(/\p{Cc}|[A-Za-z0-9_\-.=/+]{16,}/u)
        },
      ),
    )
  })
})
