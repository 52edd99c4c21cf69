import { createHmac, generateKeyPairSync, type KeyObject, sign as signBytes } from 'node:crypto'
import { BanyanError } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SignedClaims, tokenKinds } from '../../modules/identity/index.ts'
import { createTokenCodec, type TokenKey } from './token-codec.ts'
import { kindClaims } from './token-kinds.ts'

const start = Date.UTC(2026, 0, 5, 3, 30)
let now = start
const clock = { now: () => now }

function newKey(kid: string): TokenKey {
  return { kid, ...generateKeyPairSync('ed25519') }
}

const [first, second, foreign] = [newKey('first'), newKey('second'), newKey('first')]
let keys = [first]
const codec = createTokenCodec(
  {
    issuer: 'banyan-test',
    current: () => keys[0] ?? first,
    find: (kid) => keys.find((key) => key.kid === kid) ?? null,
  },
  clock,
)

function claimsOf(kind: SignedClaims['kind'], changes: Partial<SignedClaims> = {}): SignedClaims {
  const { hasSession, hasApplication } = kindClaims[kind]
  return {
    kind,
    subject: '42',
    tokenId: 'token-id',
    sessionId: hasSession ? 'ses_1' : null,
    applicationId: hasApplication ? 'app_1' : null,
    issuedAt: start,
    expiresAt: start + 3_600_000,
    ...changes,
  }
}

const encode = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

const payload = {
  iss: 'banyan-test',
  sub: '42',
  sid: 'ses_1',
  jti: 'token-id',
  iat: start / 1000,
  exp: start / 1000 + 3600,
}
const session = { ...payload, token_type: 'session' }
const header = { alg: 'EdDSA', kid: 'first', typ: 'JWT' }

function signed(head: object, body: object, key: KeyObject = first.privateKey): string {
  const text = `${encode(head)}.${encode(body)}`
  return `${text}.${signBytes(null, Buffer.from(text), key).toString('base64url')}`
}

function hmac(head: object, body: object, key: string | Buffer): string {
  const text = `${encode(head)}.${encode(body)}`
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
}

async function codeOf(text: string): Promise<string> {
  const error = await codec.verify(text).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error === null) return 'accepted'
  return error instanceof BanyanError ? error.code : String(error)
}

describe('signed tokens', () => {
  it.each(tokenKinds)('come back as they were made: %s', async (kind) => {
    const claims = claimsOf(kind)
    expect(await codec.verify(await codec.sign(claims))).toEqual(claims)
  })

  it('are the same text for the same claims, which the refresh grace stands on', async () => {
    expect(await codec.sign(claimsOf('refresh'))).toBe(await codec.sign(claimsOf('refresh')))
  })

  it('say their kind so that none can be read as another', async () => {
    const bodies = await Promise.all(
      tokenKinds.map(async (kind) => {
        const [, body = ''] = (await codec.sign(claimsOf(kind))).split('.')
        const { token_type: type, aud } = JSON.parse(Buffer.from(body, 'base64url').toString())
        return `${type ?? '-'} ${aud ?? '-'}`
      }),
    )
    expect(new Set(bodies).size).toBe(tokenKinds.length)
    expect(await codeOf(signed(header, { ...session, aud: 'feed', app: 'app_1' }))).toBe('invalid_token')
  })

  it('are accepted when made by hand as the codec makes them, so that the refusals below are for their faults', async () => {
    expect(await codeOf(signed(header, session))).toBe('accepted')
  })

  it('end when they say, with 5 seconds of tolerance, and do not begin in the future', async () => {
    const text = await codec.sign(claimsOf('access'))
    const at = async (offsetMs: number) => {
      now = start + 3_600_000 + offsetMs
      return codeOf(text)
    }
    expect([await at(-1), await at(4_000), await at(6_000)]).toEqual(['accepted', 'accepted', 'token_expired'])
    now = start - 4_000
    expect(await codeOf(text)).toBe('accepted')
    now = start - 6_000
    expect(await codeOf(text)).toBe('invalid_token')
    now = start
  })

  it('of a retired key go on, and die with their key at once', async () => {
    const text = await codec.sign(claimsOf('access', { tokenId: 'old' }))
    keys = [second, first]
    expect([await codeOf(text), await codeOf(await codec.sign(claimsOf('access', { tokenId: 'new' })))]).toEqual([
      'accepted',
      'accepted',
    ])
    keys = [second]
    expect(await codeOf(text)).toBe('invalid_token')
    keys = [first]
  })
})

describe('a token that is not ours (RFC 8725)', () => {
  const publicPem = first.publicKey.export({ type: 'spki', format: 'pem' })
  const publicRaw = Buffer.from(String(first.publicKey.export({ format: 'jwk' }).x), 'base64url')
  const refused: Record<string, string> = {
    'without a signature': `${encode({ alg: 'none', kid: 'first' })}.${encode(session)}.`,
    'of algorithm NoNe': `${encode({ alg: 'NoNe', kid: 'first' })}.${encode(session)}.`,
    'with a MAC keyed by the public key’s text': hmac({ alg: 'HS256', kid: 'first' }, session, publicPem),
    'with a MAC keyed by the public key’s bytes': hmac({ alg: 'HS256', kid: 'first' }, session, publicRaw),
    'with HS512 in its head': signed({ ...header, alg: 'HS512' }, session),
    'with RS256 in its head': signed({ ...header, alg: 'RS256' }, session),
    'of another key under the same id': signed(header, session, foreign.privateKey),
    'of a key nobody knows': signed({ ...header, kid: 'third' }, session),
    'without a key id': signed({ alg: 'EdDSA' }, session),
    'with a list as its key id': signed({ ...header, kid: ['first'] }, session),
    'with a path as its key id': signed({ ...header, kid: '../../first' }, session),
    'with SQL as its key id': signed({ ...header, kid: "x' union select 'first" }, session),
    'that brings its own key': signed(
      { alg: 'EdDSA', jwk: foreign.publicKey.export({ format: 'jwk' }) },
      session,
      foreign.privateKey,
    ),
    'that names where its key is': signed(
      { alg: 'EdDSA', jku: 'https://evil.example/jwks', kid: 'x' },
      session,
      foreign.privateKey,
    ),
    'with a critical extension': signed({ ...header, crit: ['exp'], exp: 1 }, session),
    'with an unencoded payload': signed({ ...header, b64: false, crit: ['b64'] }, session),
    'of another issuer': signed(header, { ...session, iss: 'banyan-else' }),
    'of an issuer that is a list': signed(header, { ...session, iss: ['banyan-test'] }),
    'without an issuer': signed(header, { ...session, iss: undefined }),
    'without a subject': signed(header, { ...session, sub: undefined }),
    'without a session': signed(header, { ...session, sid: undefined }),
    'without an id': signed(header, { ...session, jti: undefined }),
    'without an issue time': signed(header, { ...session, iat: undefined }),
    'without an end': signed(header, { ...session, exp: undefined }),
    'without a kind': signed(header, payload),
    'of a kind nobody knows': signed(header, { ...payload, token_type: 'admin' }),
    'of a kind named like an object’s own': signed(header, { ...payload, token_type: 'constructor' }),
    'with times as texts': signed(header, { ...session, exp: '9999999999' }),
    'whose payload is no object': (() => {
      const text = `${encode(header)}.${encode('"text"')}`
      return `${text}.${signBytes(null, Buffer.from(text), first.privateKey).toString('base64url')}`
    })(),
    'in JSON serialisation': JSON.stringify({ payload: encode(session), protected: encode(header), signature: '' }),
    'of two parts': signed(header, session).split('.').slice(0, 2).join('.'),
    'of five parts': `${signed(header, session)}.x.y`,
    'that is empty': '',
    'of spaces': '   ',
    'longer than 4 KiB': signed(header, { ...session, pad: 'x'.repeat(4_000) }),
  }

  it.each(Object.entries(refused))('%s is refused as invalid', async (_name, text) => {
    expect(await codeOf(text)).toBe('invalid_token')
  })

  it('differs in any one character from a good one', async () => {
    const good = signed(header, session)
    const place = fc.nat({ max: good.length - 1 })
    const character = fc.constantFrom(...'ABCxyz019-_.=')
    await fc.assert(
      fc.asyncProperty(place, character, async (at, put) => {
        const text = good.slice(0, at) + put + good.slice(at + 1)
        // The last character of a base64url text may carry bits that mean nothing.
        fc.pre(
          (text !== good &&
            Buffer.from(text.split('.')[2] ?? '', 'base64url').compare(
              Buffer.from(good.split('.')[2] ?? '', 'base64url'),
            ) !== 0) ||
            text.split('.').slice(0, 2).join('.') !== good.split('.').slice(0, 2).join('.'),
        )
        expect(await codeOf(text)).toBe('invalid_token')
      }),
      { numRuns: 300 },
    )
  })

  it('never ends in anything but a refusal, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String()), async (text) => {
        expect(['invalid_token', 'token_expired']).toContain(await codeOf(text))
      }),
    )
  })
})
