import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ErrorBody, LoginRefusal, LoginReply, MeReply, RefreshReply, TotpEnabledReply } from '@banyan/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPostgresPlaces } from '../../infra/database/testing/postgres-places.ts'
import { totpCode } from '../synapsewave/testing/totp-code.ts'
import { type ApiCalls, bearer, cookie, createApiCalls, password, wordOf } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

let server: IdentityServer
let api: ApiCalls
beforeAll(async () => {
  server = await startIdentityServer()
  api = createApiCalls(server)
})
afterAll(() => server.close())

/** Registers an account with TOTP. `code` is one of a step that was not used yet. */
async function addProtected(email: string) {
  const signedIn = await api.register(email)
  const headers = bearer(signedIn.access)
  const { secret } = (await api.post<{ secret: string }>('/api/auth/totp/enrol', { password }, headers)).body
  const body = { code: totpCode(secret, server.now()) }
  const enabled = (await api.post<TotpEnabledReply>('/api/auth/totp/confirm', body, headers)).body
  return {
    signedIn,
    recoveryCodes: enabled.recovery_codes,
    code() {
      server.turn(30_000)
      return totpCode(secret, server.now())
    },
    challenge: async () => String((await api.login<LoginRefusal>(email)).body.challenge),
  }
}
const verify = (challenge: string, code: string) => api.post<LoginReply>('/api/auth/login/verify', { challenge, code })

describe('POST /api/auth/login/verify', () => {
  it('VF-1, VF-2: takes a right code for the login body and a cookie, and the challenge once', async () => {
    const person = await addProtected('vf1@example.com')
    const challenge = await person.challenge()
    const reply = await verify(challenge, person.code())
    expect([reply.status, reply.body.success, reply.body.email]).toEqual([200, 'true', 'vf1@example.com'])
    expect(reply.cookies[0]?.value).toBe(reply.body.access_token)
    expect(wordOf(await verify(challenge, person.code()))).toBe('401 challenge_expired')
  })

  it('VF-3: takes each code once, also with a fresh challenge', async () => {
    const person = await addProtected('vf3@example.com')
    const code = person.code()
    expect((await verify(await person.challenge(), code)).status).toBe(200)
    expect(wordOf(await verify(await person.challenge(), code))).toBe('401 invalid_second_factor')
  })

  it('VF-4, TF-3: takes each of the ten recovery codes once, in any case and with hyphens', async () => {
    const person = await addProtected('vf4@example.com')
    expect(person.recoveryCodes.length).toBe(10)
    for (const [i, code] of person.recoveryCodes.entries()) {
      expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{10}$/)
      const typed = i % 2 === 0 ? code : `${code.slice(0, 5)}-${code.slice(5)}`.toUpperCase()
      const reply = await verify(await person.challenge(), typed)
      expect(reply.status).toBe(200)
      const me = await api.get<MeReply>('/api/auth/me', bearer(reply.body.access))
      expect(me.body.second_factor).toEqual({ totp: true, recovery_codes_left: 9 - i })
      expect(wordOf(await verify(await person.challenge(), code))).toBe('401 invalid_second_factor')
      server.turn(3_600_000)
    }
    expect((await api.login<LoginRefusal>('vf4@example.com')).body.factors).toEqual(['totp'])
  })

  it('VF-5: takes a challenge nowhere else', async () => {
    const person = await addProtected('vf5@example.com')
    const challenge = await person.challenge()
    for (const headers of [bearer(challenge), cookie(challenge)])
      expect(wordOf(await api.get('/api/auth/me', headers))).toBe('401 wrong_token_kind')
    expect(wordOf(await api.post('/api/auth/refresh', { refresh: challenge }))).toBe('401 wrong_token_kind')
    for (const token of [person.signedIn.access, person.signedIn.refresh, person.signedIn.access_token])
      expect(wordOf(await verify(token, '123456'))).toBe('401 wrong_token_kind')
  })

  it('lets a challenge survive four wrong codes and die with the fifth', async () => {
    const person = await addProtected('vf6@example.com')
    const [first, second] = [await person.challenge(), await person.challenge()]
    for (let i = 0; i < 4; i++) expect(wordOf(await verify(first, '000000'))).toBe('401 invalid_second_factor')
    expect((await verify(first, person.code())).status).toBe(200)
    for (let i = 0; i < 5; i++) expect(wordOf(await verify(second, '000000'))).toBe('401 invalid_second_factor')
    expect(wordOf(await verify(second, person.code()))).toBe('401 challenge_expired')
  })

  it('lets a challenge die after five minutes, and takes no code of another account', async () => {
    const [one, other] = [await addProtected('vf7@example.com'), await addProtected('vf8@example.com')]
    const challenge = await one.challenge()
    expect(wordOf(await verify(challenge, other.code()))).toBe('401 invalid_second_factor')
    server.turn(306_000)
    expect(wordOf(await verify(challenge, one.code()))).toBe('401 challenge_expired')
  })

  it('T3: refuses what cannot be a code without counting it', async () => {
    const person = await addProtected('vf9@example.com')
    const challenge = await person.challenge()
    for (const code of [
      null,
      123456,
      '12 3456',
      '1234567',
      '12345',
      '１２３４５６',
      '',
      'abcdefghijk',
      'abcdefghi',
      [],
      '123-456',
    ])
      expect([code, wordOf(await api.post('/api/auth/login/verify', { challenge, code }))]).toEqual([
        code,
        '400 invalid_parameter',
      ])
    const missing = await api.post('/api/auth/login/verify', {})
    expect(missing.body.details?.map(({ field }) => field)).toEqual(['challenge', 'code'])
    expect((await verify(challenge, person.code())).status).toBe(200)
    expect(wordOf(await verify('x.y.z', '123456'))).toBe('401 invalid_token')
  })
})

const refresh = (token: string, calls = api) => calls.post<RefreshReply>('/api/auth/refresh', { refresh: token })

describe('POST /api/auth/refresh', () => {
  it('RF-1, RF-2: renews all three tokens in the same session, and a retry within 10 s gets the same', async () => {
    const first = await api.register('rf1@example.com')
    server.turn(60_000)
    const reply = await refresh(first.refresh)
    expect([reply.status, Object.keys(reply.body)]).toEqual([200, ['success', 'access_token', 'access', 'refresh']])
    expect(reply.cookies[0]).toMatchObject({
      name: 'access_token_cookie',
      value: reply.body.access_token,
      maxAge: 604_800,
    })
    const sessionOf = async (token: string) => (await api.get<MeReply>('/api/auth/me', bearer(token))).body.session_id
    expect(await sessionOf(reply.body.access)).toBe(await sessionOf(first.access))
    server.turn(9_000)
    expect((await refresh(first.refresh)).body).toEqual(reply.body)
  })

  it('RF-3: ends everything of the session when a spent token comes back after 10 s', async () => {
    const first = await api.register('rf3@example.com')
    const second = (await refresh(first.refresh)).body
    server.turn(11_000)
    expect(wordOf(await refresh(first.refresh))).toBe('401 refresh_reused')
    expect(wordOf(await refresh(second.refresh))).toBe('401 session_revoked')
    for (const headers of [
      bearer(second.access),
      bearer(second.access_token),
      cookie(second.access_token),
      bearer(first.access),
    ])
      expect(wordOf(await api.get('/api/auth/me', headers))).toBe('401 session_revoked')
  })

  it('RF-4: ends everything when a token older than the predecessor comes back, however soon', async () => {
    const first = await api.register('rf4@example.com')
    const second = (await refresh(first.refresh)).body
    const third = (await refresh(second.refresh)).body
    expect(wordOf(await refresh(first.refresh))).toBe('401 refresh_reused')
    expect(wordOf(await refresh(third.refresh))).toBe('401 session_revoked')
  })

  it('names each fault of a token', async () => {
    const first = await api.register('rf6@example.com')
    for (const body of [{}, { refresh: null }, { refresh: 5 }, { refresh: '' }])
      expect((await api.post('/api/auth/refresh', body)).body.details?.[0]?.field).toBe('refresh')
    expect(wordOf(await refresh('a.b.c'))).toBe('401 invalid_token')
    server.turn(30 * 86_400_000 + 6_000)
    expect(wordOf(await refresh(first.refresh))).toBe('401 token_expired')
  })
})

describe('RF-5: fifty uses of one refresh token at once', async () => {
  const places = createPostgresPlaces(process.env)
  const isAbsent = await places.isAbsent()

  /** More sockets than one address may have otherwise. */
  const http = { limits: { socketsPerAddress: 100 } }

  /** Returns the statuses seen, how many different successors there are, and whether one of them is good. */
  async function spendAtOnce(servers: readonly [IdentityServer, ...IdentityServer[]]) {
    const [first] = servers
    const { refresh: token } = await createApiCalls(first).register('rf5@example.com')
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, i) => refresh(token, createApiCalls(servers[i % servers.length] ?? first))),
    )
    const [successor = '', ...others] = new Set(replies.map(({ body }) => body.refresh))
    const afterwards = await refresh(successor, createApiCalls(first))
    return { statuses: [...new Set(replies.map(({ status }) => status))], others, afterwards: afterwards.status }
  }
  const oneSuccessor = { statuses: [200], others: [], afterwards: 200 }

  it('end in one successor on one instance', async () => {
    const alone = await startIdentityServer({ http })
    expect(await spendAtOnce([alone])).toEqual(oneSuccessor)
    await alone.close()
  })

  it.skipIf(isAbsent)('end in one successor over two instances', async () => {
    const place = await places.createPlace()
    const keyFolder = mkdtempSync(join(tmpdir(), 'banyan-keys-'))
    const shared = { http, database: place.options, keyFolder }
    const servers = [await startIdentityServer(shared), await startIdentityServer(shared)] as const
    expect(await spendAtOnce(servers)).toEqual(oneSuccessor)
    for (const one of servers) await one.close()
    await place.remove()
    rmSync(keyFolder, { recursive: true })
  })
})

describe('POST /api/auth/logout', () => {
  const logout = (headers: Record<string, string> = {}) =>
    api.post<{ revoked: boolean }>('/api/auth/logout', undefined, headers)

  it('LO-1, LO-2: ends the session with all its tokens, and again is no mistake', async () => {
    const first = await api.register('lo1@example.com')
    const reply = await logout({ ...cookie(first.access_token), origin: server.url })
    expect([reply.status, reply.body]).toEqual([200, { revoked: true }])
    expect(reply.headers.getSetCookie()).toEqual(['access_token_cookie=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0'])
    for (const headers of [bearer(first.access), bearer(first.access_token), cookie(first.access_token)])
      expect(wordOf(await api.get('/api/auth/me', headers))).toBe('401 session_revoked')
    expect(wordOf(await refresh(first.refresh))).toBe('401 session_revoked')
    for (const headers of [
      bearer(first.access),
      { ...cookie(first.access_token), origin: server.url },
      bearer('x'),
      {},
    ]) {
      const again = await logout(headers as Record<string, string>)
      expect([again.status, again.body, again.cookies[0]?.maxAge]).toEqual([200, { revoked: false }, 0])
    }
  })

  it('refuses two credentials, keys, other kinds of tokens, and pages of other sites', async () => {
    const first = await api.register('lo3@example.com')
    const { key } = (await api.post<{ key: string }>('/api/keys', { name: 'k' }, bearer(first.access))).body
    const word = async (headers: Record<string, string>) => wordOf(await logout(headers))
    expect(await word({ ...bearer(first.access), 'x-api-key': key })).toBe('400 multiple_credentials')
    expect(await word({ 'x-api-key': key })).toBe('403 api_key_not_allowed')
    expect(await word({ 'x-api-key': 'bny_x' })).toBe('401 invalid_api_key')
    expect(await word(bearer(first.refresh))).toBe('401 wrong_token_kind')
    expect(await word(cookie(first.access_token))).toBe('403 cross_site_request')
    expect(await word({ ...cookie(first.access_token), origin: 'https://evil.example' })).toBe('403 cross_site_request')
    expect((await api.get('/api/auth/me', bearer(first.access))).status).toBe(200)
  })

  it('makes no browser forget its session for a page of another site', async () => {
    const reply = await logout({ origin: 'https://evil.example' })
    expect([reply.body, reply.cookies]).toEqual([{ revoked: false }, []])
  })
})

describe('GET /api/auth/me', () => {
  it('shows the account, and to nobody but its owner', async () => {
    const { access, user } = await api.register('me@example.com', { name: 'Asha' })
    const reply = await api.get<MeReply>('/api/auth/me', bearer(access))
    expect(reply.body).toEqual({
      user: { id: user.id, email: 'me@example.com', name: 'Asha' },
      full_name: 'Asha',
      email: 'me@example.com',
      profile_img_url: `${server.url}/profile-default.svg`,
      created_at: expect.stringMatching(/\+05:30$/),
      second_factor: { totp: false, recovery_codes_left: 0 },
      session_id: expect.stringMatching(/^ses_/),
      plan: 'unlimited',
      client_code: expect.stringMatching(/^[A-Z0-9]{3,12}$/),
      role: 'member',
      mobile: null,
      otp_channel: 'email',
      otp_beside_totp: false,
    })
    expect(reply.headers.get('cache-control')).toBe('no-store')
    expect((await api.get<ErrorBody>('/api/auth/me')).body.code).toBe('missing_credentials')
  })
})
