import type { FactorsReply, LoginRefusal, LoginReply, Passkey, PasskeyOptions } from '@banyan/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiCalls, bearer, createApiCalls, password, wordOf } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'
import { createAuthenticator } from '../testing/software-authenticator.ts'

const origin = 'https://banyan.example'

let server: IdentityServer
let api: ApiCalls
beforeAll(async () => {
  server = await startIdentityServer({ settings: { linkOrigin: origin } })
  api = createApiCalls(server)
})
afterAll(() => server.close())

const options = async (body: object = {}) =>
  (await api.post<PasskeyOptions>('/api/auth/login/passkey/options', body)).body
const signIn = (body: object) => api.post<LoginReply>('/api/auth/login/passkey', body)

/** Registers an account with a passkey. */
async function addPerson(email: string) {
  const { access } = await api.register(email)
  const headers = bearer(access)
  const authenticator = createAuthenticator(origin)
  const made = (await api.post<PasskeyOptions>('/api/auth/factors/passkeys/options', { password }, headers)).body
  const body = { ticket: made.ticket, name: ' Laptop ', response: authenticator.create(made.options) }
  return { headers, authenticator, body, added: await api.post<Passkey>('/api/auth/factors/passkeys', body, headers) }
}

describe('a passkey', () => {
  it('is registered with the password asked again, once per ticket, listed and removed', async () => {
    const { headers, body, added } = await addPerson('pk1@example.com')
    expect([added.status, added.body]).toEqual([
      201,
      { id: expect.stringMatching(/^pky_/), name: 'Laptop', created_at: expect.any(String), last_used_at: null },
    ])
    expect(wordOf(await api.post('/api/auth/factors/passkeys', body, headers))).toBe('401 challenge_expired')
    const listed = await api.get<FactorsReply>('/api/auth/factors', headers)
    expect(listed.body.passkeys).toEqual([added.body])
    expect(wordOf(await api.post('/api/auth/factors/passkeys/options', { password: 'wrong horse 9' }, headers))).toBe(
      '403 wrong_password',
    )
    const path = `/api/auth/factors/passkeys/${added.body.id}`
    const stranger = bearer((await api.register('pk1b@example.com')).access)
    expect(wordOf(await api.delete(path, { password }, stranger))).toBe('404 not_found')
    expect(wordOf(await api.delete(path, { password: 'wrong horse 9' }, headers))).toBe('403 wrong_password')
    expect((await api.delete(path, { password }, headers)).body).toEqual({ deleted: true })
    expect((await api.login('pk1@example.com')).status).toBe(200)
  })

  it('signs in alone, without a name', async () => {
    const { authenticator } = await addPerson('pk2@example.com')
    const asked = await options()
    const body = { ticket: asked.ticket, response: authenticator.answer(asked.options) }
    const reply = await signIn(body)
    expect([reply.status, reply.body.email, reply.cookies[0]?.value]).toEqual([
      200,
      'pk2@example.com',
      reply.body.access_token,
    ])
    expect(wordOf(await signIn(body))).toBe('401 challenge_expired')
  })

  it('is the second step of a login', async () => {
    const { authenticator } = await addPerson('pk3@example.com')
    const refusal = await api.login<LoginRefusal>('pk3@example.com')
    expect([wordOf(refusal), refusal.body.factors]).toEqual(['401 second_factor_required', ['passkey']])
    const { challenge } = refusal.body
    const asked = await options({ challenge })
    const allowed = (asked.options as { allowCredentials?: { id: string }[] }).allowCredentials
    expect(allowed?.map(({ id }) => id)).toEqual([authenticator.id])
    const reply = await signIn({ challenge, ticket: asked.ticket, response: authenticator.answer(asked.options) })
    expect([reply.status, reply.body.email]).toEqual([200, 'pk3@example.com'])
    expect((await api.post('/api/auth/login/passkey/options', { challenge })).body.code).toBe('challenge_expired')
  })

  it('of another account, page or exchange opens nothing', async () => {
    const [one, other] = [await addPerson('pk4@example.com'), await addPerson('pk5@example.com')]
    const { challenge } = (await api.login<LoginRefusal>('pk4@example.com')).body
    const asked = await options({ challenge })
    const theirs = { challenge, ticket: asked.ticket, response: other.authenticator.answer(asked.options) }
    expect(wordOf(await signIn(theirs))).toBe('401 invalid_passkey')
    const fresh = await options({ challenge })
    expect(wordOf(await signIn({ ticket: fresh.ticket, response: one.authenticator.answer(fresh.options) }))).toBe(
      '401 challenge_expired',
    )
    const [first, second] = [await options(), await options()]
    const swapped = { ticket: second.ticket, response: one.authenticator.answer(first.options) }
    expect(wordOf(await signIn(swapped))).toBe('401 invalid_passkey')
    const evil = createAuthenticator('https://evil.example')
    const made = await api.post<PasskeyOptions>('/api/auth/factors/passkeys/options', { password }, one.headers)
    const foreign = { ticket: made.body.ticket, name: 'x', response: evil.create(made.body.options) }
    expect(wordOf(await api.post('/api/auth/factors/passkeys', foreign, one.headers))).toBe('401 invalid_passkey')
  })

  it('that is no passkey at all is refused, never an error of the server', async () => {
    const { headers } = await addPerson('pk6@example.com')
    for (const response of [
      {},
      { id: 5 },
      { id: 'x\u0000' },
      { id: 'x', response: null },
      { id: 'x', response: { clientDataJSON: 5 } },
    ]) {
      const asked = await options()
      expect(wordOf(await signIn({ ticket: asked.ticket, response }))).toBe('401 invalid_passkey')
      const made = await api.post<PasskeyOptions>('/api/auth/factors/passkeys/options', { password }, headers)
      const body = { ticket: made.body.ticket, name: 'x', response }
      expect(wordOf(await api.post('/api/auth/factors/passkeys', body, headers))).toBe('401 invalid_passkey')
    }
    for (const response of [null, 5, 'x', []]) {
      const refused = await api.post('/api/auth/login/passkey', { ticket: 't', response })
      expect(refused.body.details?.map(({ field }) => field)).toEqual(['response'])
    }
  })
})
