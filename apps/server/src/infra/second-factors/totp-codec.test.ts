import fc from 'fast-check'
import { Secret, TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { createTotpCodec } from './totp-codec.ts'

/** RFC 6238 Appendix B: time in seconds, and the 8-digit code per algorithm. */
const vectors = [
  [59, '94287082', '46119246', '90693936'],
  [1_111_111_109, '07081804', '68084774', '25091201'],
  [1_111_111_111, '14050471', '67062674', '99943326'],
  [1_234_567_890, '89005924', '91819424', '93441116'],
  [2_000_000_000, '69279037', '90698825', '38618901'],
  [20_000_000_000, '65353130', '77737706', '47863826'],
] as const

/** The seeds of the RFC's reference code: the digits 1 to 0 repeated to the length of the hash. */
const seeds = { SHA1: 20, SHA256: 32, SHA512: 64 } as const
const cases = vectors.flatMap(([seconds, ...codes]) =>
  (Object.keys(seeds) as (keyof typeof seeds)[]).map((algorithm, i) => ({ seconds, algorithm, code: codes[i] ?? '' })),
)

const codec = createTotpCodec()
const now = 1_767_583_800_000
const step = Math.floor(now / 30_000)

describe('time-based codes', () => {
  it('are the 18 of RFC 6238', () => {
    expect(cases).toHaveLength(18)
    for (const { seconds, algorithm, code } of cases) {
      const seed = '1234567890'.repeat(7).slice(0, seeds[algorithm])
      const secret = new Secret({ buffer: new Uint8Array(Buffer.from(seed, 'ascii')).buffer })
      const made = TOTP.generate({ secret, algorithm, digits: 8, period: 30, timestamp: seconds * 1000 })
      expect(made, `${algorithm} at ${seconds}`).toBe(code)
    }
  })

  it('are the last six digits of the RFC’s for our own form', () => {
    const secret = new Secret({ buffer: new Uint8Array(Buffer.from('12345678901234567890', 'ascii')).buffer }).base32
    for (const [seconds, code] of vectors)
      expect(codec.findStep(secret, code.slice(2), seconds * 1000), code).toBe(Math.floor(seconds / 30))
  })

  it('are taken one step early and late, and no further', () => {
    const secret = codec.createSecret()
    const codeOf = (at: number) => TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: at * 30_000 })
    const found = [-2, -1, 0, 1, 2].map((drift) => codec.findStep(secret, codeOf(step + drift), now))
    expect(found.slice(1, 4)).toEqual([step - 1, step, step + 1])
    expect([found[0], found[4]].filter((one) => one === step - 2 || one === step + 2)).toEqual([])
  })

  it('are six ASCII digits and nothing else, and no text throws', () => {
    const secret = codec.createSecret()
    for (const code of ['', '12 3456', '1234567', '12345', '１２３４５６', '-12345', '1e5000', '123456\n'])
      expect(codec.findStep(secret, code, now)).toBeNull()
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const found = codec.findStep(secret, text, now)
        expect(found === null || /^[0-9]{6}$/.test(text)).toBe(true)
      }),
    )
  })

  it('come from secrets of 160 bits that are never the same', () => {
    const made = Array.from({ length: 100 }, () => codec.createSecret())
    expect(new Set(made).size).toBe(100)
    for (const secret of made) expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  })

  it('have an address that authenticator apps read', () => {
    const uri = new URL(codec.uri('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', 'AB1234', 'Wave 3.0'))
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual(['otpauth:', 'totp', '/Wave 3.0:AB1234'])
    expect(uri.searchParams.get('secret')).toBe('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP')
    expect(uri.searchParams.get('issuer')).toBe('Wave 3.0')
  })
})
