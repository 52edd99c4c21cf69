import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveSecrets } from './derived-secrets.ts'
import { newPepperText, parsePepper } from './pepper-file.ts'
import { UnsealError } from './sealed-text.ts'

const pepper = parsePepper(newPepperText(), 'pepper.json')
const secrets = deriveSecrets(pepper)
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
const anyParts = fc.array(fc.oneof(anyText, fc.constantFrom('', 'a', 'aa', '\0', '\ud800', '\ud801')), { maxLength: 4 })

describe('a sealed text', () => {
  it('opens with its purpose and what it was bound to, whatever it is', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (purpose, text, bound) => {
        expect(secrets.open(purpose, secrets.seal(purpose, text, bound), bound)).toBe(text)
      }),
    )
  })

  it('opens for no other purpose, bound to nothing else, and is never written twice alike', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (text, one, other) => {
        fc.pre(one !== other)
        const sealed = secrets.seal(one, text, one)
        expect(() => secrets.open(other, sealed, one)).toThrow(UnsealError)
        expect(() => secrets.open(one, sealed, other)).toThrow(UnsealError)
        expect(secrets.seal(one, text, one)).not.toBe(sealed)
      }),
    )
  })

  it('does not open when any character of it is changed, added or taken away', () => {
    const sealed = secrets.seal('totp', 'JBSWY3DPEHPK3PXP', 'account 7')
    const place = fc.nat({ max: sealed.length - 1 })
    fc.assert(
      fc.property(place, fc.string({ unit: 'grapheme-ascii', maxLength: 2 }), (at, put) => {
        const changed = sealed.slice(0, at) + put + sealed.slice(at + 1)
        fc.pre(changed !== sealed)
        expect(() => secrets.open('totp', changed, 'account 7')).toThrow(UnsealError)
      }),
      { numRuns: 2_000 },
    )
    for (const text of [
      '',
      's1',
      's1.k1',
      's1.k1.',
      `${sealed}=`,
      ` ${sealed}`,
      `${sealed}.x`,
      sealed.replace('k1', 'k2'),
    ]) {
      expect(() => secrets.open('totp', text, 'account 7')).toThrow(UnsealError)
    }
  })

  it('shows nothing of its content, nor does the error', () => {
    const sealed = secrets.seal('totp', 'canary-canary-canary', 'account 7')
    expect(sealed).toMatch(/^s1\.k1\.[A-Za-z0-9_-]+$/)
    for (const form of [sealed, Buffer.from(sealed.slice(6), 'base64url').toString('latin1')]) {
      expect(form).not.toContain('canary')
    }
    expect(() => secrets.open('totp', sealed, 'account 8')).toThrow('the sealed text was changed or belongs elsewhere')
  })

  it('is refused with half a character, which would come back as another', () => {
    expect(() => secrets.seal('x', 'a\ud800', 'b')).toThrow(TypeError)
  })

  it('of a former key opens while that key is kept, and new ones are sealed with the new key', () => {
    const [second] = parsePepper(newPepperText(), 'pepper.json').keys
    const keys = [...pepper.keys, { id: 'k2', key: second?.key ?? Buffer.alloc(0) }]
    const rotated = deriveSecrets({ id: pepper.id, current: 'k2', keys })
    const old = secrets.seal('totp', 'text', 'row')
    expect(rotated.open('totp', old, 'row')).toBe('text')
    const fresh = rotated.seal('totp', 'text', 'row')
    expect(fresh.startsWith('s1.k2.')).toBe(true)
    expect(() => secrets.open('totp', fresh, 'row')).toThrow('the key of this sealed text is gone')
    expect(rotated.mac('a', 'b')).toEqual(secrets.mac('a', 'b'))
    expect(rotated.pinPepper()).toEqual(secrets.pinPepper())
    expect(rotated.fingerprint()).toBe(secrets.fingerprint())
  })
})

describe('a MAC', () => {
  it('is the same for the same purpose and parts, and for no others', () => {
    fc.assert(
      fc.property(anyText, anyParts, anyText, anyParts, (purpose, parts, otherPurpose, otherParts) => {
        const mac = secrets.mac(purpose, ...parts)
        expect(mac).toHaveLength(32)
        expect(secrets.mac(purpose, ...parts)).toEqual(mac)
        const isSame = purpose === otherPurpose && JSON.stringify(parts) === JSON.stringify(otherParts)
        expect(secrets.mac(otherPurpose, ...otherParts).equals(mac)).toBe(isSame)
      }),
    )
  })

  it('tells parts apart however they are cut', () => {
    const lists = [
      [],
      [''],
      ['', ''],
      ['ab', 'c'],
      ['a', 'bc'],
      ['abc'],
      ['a', 'b', 'c'],
      ['abc', ''],
      ['\ud800'],
      ['\ud801'],
    ]
    const macs = lists.map((parts) => secrets.mac('cut', ...parts).toString('hex'))
    expect(new Set(macs).size).toBe(lists.length)
  })

  it('shares its key with nothing else', () => {
    const derived = [secrets.mac('pin'), secrets.mac('', 'pin'), secrets.pinPepper(), secrets.mac('fingerprint')]
    expect(new Set(derived.map((bytes) => bytes.toString('hex'))).size).toBe(derived.length)
    secrets.pinPepper().fill(0)
    expect(secrets.pinPepper()).not.toEqual(Buffer.alloc(32))
  })
})
