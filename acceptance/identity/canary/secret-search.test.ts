import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formsOf } from './secret-forms.ts'
import { findSecrets } from './secret-search.ts'

const secret = (text: string, meantIn: string | null = null) => ({ name: 'it', text, meantIn })
const trace = (bytes: Buffer, isShort = false) => ({ place: 'home/file', bytes, isShort })
const canary = `a7K${randomBytes(9).toString('hex')}"\\/`.slice(0, 24)

/** Base64 of a longer text holds the secret without its first and last bytes standing on digit borders. */
const within = (encoding: 'base64' | 'base64url', text = canary) =>
  fc
    .tuple(fc.uint8Array({ maxLength: 7 }), fc.uint8Array({ maxLength: 7 }))
    .map(([before, after]) => Buffer.concat([before, Buffer.from(text), after]).toString(encoding))
const body = JSON.stringify({ password: canary })

const writings: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'as it is': fc.constant(canary),
  'in an address': fc.constant(new URL(`http://x/?q=${encodeURIComponent(canary)}`).href),
  'in a form': fc.constant(String(new URLSearchParams({ password: canary }))),
  'in JSON': fc.constant(body),
  'in JSON in a log record': fc.constant(JSON.stringify({ body })),
  'in JSON as some write it': fc.constant(body.replaceAll('/', '\\/')),
  'in hex': fc.constant(Buffer.from(`x${canary}y`).toString('hex')),
  'in upper-case hex': fc.constant(Buffer.from(canary).toString('hex').toUpperCase()),
  'in upper case': fc.constant(canary.toUpperCase()),
  backwards: fc.constant([...canary].reverse().join('')),
  'in base64 of a longer text': within('base64'),
  'in base64url of a longer text': within('base64url'),
  'in JSON in an address': fc.constant(encodeURIComponent(body)),
  'in JSON in hex': fc.constant(Buffer.from(body).toString('hex')),
  'in JSON in base64': within('base64', body),
  'in JSON backwards': fc.constant([...body].reverse().join('')),
}

describe('the search for secrets', () => {
  it.each(Object.keys(writings))('finds one that was written %s, wherever it stands', (name) => {
    const filler = fc.uint8Array({ maxLength: 200 })
    const writing = writings[name] ?? fc.constant('')
    fc.assert(
      fc.property(filler, writing, filler, (before, text, after) => {
        const bytes = Buffer.concat([before, Buffer.from(text), after])
        expect(findSecrets([secret(canary)], [trace(bytes)])).not.toEqual([])
      }),
    )
  })

  it('finds nothing in random bytes, nor most of a secret', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect(
          findSecrets([secret(canary)], [trace(Buffer.concat([bytes, Buffer.from(canary.slice(0, 22))]))]),
        ).toEqual([])
      }),
    )
  })

  it('tells each secret of many, the form it was found in, and the place', () => {
    const secrets = Array.from({ length: 200 }, (_, i) => ({
      name: `secret ${i}`,
      text: randomBytes(18).toString('base64'),
      meantIn: null,
    }))
    const texts = secrets.flatMap(({ text }) => formsOf(text).map(({ bytes }) => bytes.toString()))
    const found = findSecrets(secrets, [trace(Buffer.from(texts.join(' ')))])
    expect(new Set(found.map((hit) => hit.secret)).size).toBe(200)
    expect(found.length).toBeGreaterThanOrEqual(texts.length)
    expect(found).toContainEqual({ secret: 'secret 0', form: 'raw', place: 'home/file' })
    expect(found).toContainEqual({ secret: 'secret 199', form: 'reversed', place: 'home/file' })
  })

  it('passes over a place where the secret is meant to be, and no other', () => {
    const places = ['outbox/1.eml', 'home/outbox', 'output']
    const traces = places.map((place) => ({ place, bytes: Buffer.from(canary), isShort: true }))
    const found = findSecrets([secret(canary, 'outbox/')], traces)
    expect(new Set(found.map(({ place }) => place))).toEqual(new Set(['home/outbox', 'output']))
  })

  it.each([
    ['"mpin":482910}', true, 1],
    ['The code is 482910.', true, 1],
    ['482910.25 ms', true, 0],
    ['25.482910', true, 0],
    ['code 482910 ', true, 1],
    ['a482910b', true, 0],
    ['14829101', true, 0],
    ['code 482910 ', false, 0],
  ])('takes six digits for the secret when they stand alone in a short trace: %s', (text, isShort, hits) => {
    expect(findSecrets([secret('482910')], [trace(Buffer.from(text), isShort)])).toHaveLength(hits)
  })
})
