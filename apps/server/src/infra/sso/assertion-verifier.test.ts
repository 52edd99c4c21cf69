import { createHmac } from 'node:crypto'
import { BanyanError } from '@banyan/domain'
import type { JWTPayload } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { assertionAlgorithms, createAssertionVerifier } from './assertion-verifier.ts'
import { type IssuerFault, startTestIssuer, type TestIssuer } from './testing/test-issuer.ts'

const now = Date.UTC(2026, 0, 5, 3, 30)
const seconds = now / 1000
const clock = { now: () => now }

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startTestIssuer()
})
afterAll(() => issuer.close())
beforeEach(() => issuer.setFault('none'))

function verifier(changes: { userClaim?: string; algorithms?: readonly (typeof assertionAlgorithms)[number][] } = {}) {
  const { issuer: name, audience, jwksUri } = issuer
  return createAssertionVerifier(
    [{ issuer: name, audience, jwksUri, algorithms: assertionAlgorithms, userClaim: 'sub', ...changes }],
    clock,
  )
}

async function codeOf(text: string, checks = verifier()): Promise<string> {
  const error = await checks.verify(text).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error === null) return 'accepted'
  return error instanceof BanyanError ? error.code : String(error)
}

describe('a single sign-on token', () => {
  it.each(assertionAlgorithms)('signed with %s is believed', async (algorithm) => {
    const other = await startTestIssuer(algorithm)
    const { issuer: name, audience, jwksUri } = other
    const checks = createAssertionVerifier(
      [{ issuer: name, audience, jwksUri, algorithms: [algorithm], userClaim: 'sub' }],
      clock,
    )
    const text = await other.sign(now, { jti: 'j-1' })
    expect(await checks.verify(text)).toEqual({
      issuer: name,
      subject: 'AB1234',
      userName: 'AB1234',
      assertionId: 'j-1',
      expiresAt: now + 360_000,
    })
    await other.close()
  })

  it('names the account by the claim the operator chose', async () => {
    const text = await issuer.sign(now, { preferred_username: 'ab9' })
    expect((await verifier({ userClaim: 'preferred_username' }).verify(text)).userName).toBe('ab9')
    expect(await codeOf(await issuer.sign(now), verifier({ userClaim: 'preferred_username' }))).toBe(
      'invalid_sso_token',
    )
  })

  it.each([
    ['for somebody else', { aud: 'else' }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['that is over', { exp: seconds - 61 }],
    ['without an end', { exp: undefined }],
    ['not good yet', { nbf: seconds + 61 }],
    ['from the future', { iat: seconds + 61, exp: seconds + 900 }],
    ['made more than ten minutes ago', { iat: seconds - 601 }],
    ['without an issue time', { iat: undefined }],
    ['without a subject', { sub: undefined }],
    ['with a number as its subject', { sub: 7 as never }],
    ['of a key the issuer does not have', {}, 'unknown'],
  ] as const)('%s is refused', async (_name, changes, kid: string = 'one') => {
    expect(await codeOf(await issuer.sign(now, changes as JWTPayload, kid))).toBe('invalid_sso_token')
  })

  it.each([
    ['signed with a secret', (text: string) => hmacOf(text)],
    ['without a signature', (text: string) => `${encode({ alg: 'none', kid: 'one' })}.${text.split('.')[1]}.`],
    ['of two parts', (text: string) => text.split('.').slice(0, 2).join('.')],
    ['longer than 8 KiB', (text: string) => `${text}${'x'.repeat(8_193)}`],
    ['that is no token', () => 'a.b.c'],
    ['that is empty', () => ''],
  ])('%s is refused', async (_name, change) => {
    expect(await codeOf(change(await issuer.sign(now)))).toBe('invalid_sso_token')
  })

  it('in an algorithm the operator did not list is refused', async () => {
    expect(await codeOf(await issuer.sign(now), verifier({ algorithms: ['RS256'] }))).toBe('invalid_sso_token')
  })

  it('within a minute of its ends is believed', async () => {
    const texts = [{ exp: seconds - 59 }, { nbf: seconds + 59 }, { iat: seconds + 59 }, { iat: seconds - 599 }]
    for (const changes of texts)
      expect(await codeOf(await issuer.sign(now, changes)), JSON.stringify(changes)).toBe('accepted')
  })
})

describe('the keys of an issuer', () => {
  it('are fetched once for many tokens, and an unknown id does not fetch them again at once', async () => {
    const checks = verifier()
    const before = issuer.asked()
    for (let i = 0; i < 20; i++) expect(await codeOf(await issuer.sign(now), checks)).toBe('accepted')
    for (let i = 0; i < 20; i++) await codeOf(await issuer.sign(now, {}, `unknown-${i}`), checks)
    expect(issuer.asked() - before).toBe(1)
  })

  it.each<IssuerFault>(['500', 'html', 'redirect', 'huge'])('that do not come are our trouble: %s', async (fault) => {
    issuer.setFault(fault)
    expect(await codeOf(await issuer.sign(now))).toBe('unavailable')
  })
})

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function hmacOf(text: string): string {
  const body = `${encode({ alg: 'HS256', kid: 'one' })}.${text.split('.')[1]}`
  return `${body}.${createHmac('sha256', 'secret').update(body).digest('base64url')}`
}
