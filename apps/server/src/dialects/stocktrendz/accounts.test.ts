import { LoginReply } from '@banyan/contracts'
import { decodeJwt } from 'jose'
import { Errors } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { totpCode } from '../synapsewave/testing/totp-code.ts'
import { type ApiCalls, bearer, createApiCalls, password, wordOf } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

let server: IdentityServer
let api: ApiCalls
beforeAll(async () => {
  server = await startIdentityServer()
  api = createApiCalls(server)
})
afterAll(() => server.close())

const register = (body: unknown) => api.post<LoginReply>('/api/auth/register', body)
const failing = (reply: { body: unknown }) =>
  (reply.body as { details?: { field: string }[] }).details?.map(({ field }) => field)

describe('POST /api/auth/register', () => {
  it('RG-1: answers the login body for a new address and a password of exactly 8', async () => {
    const reply = await register({ email: 'rg1@example.com', password: 'zq8#Lmv2', name: '  Asha Rao ' })
    expect([reply.status, [...Errors(LoginReply, reply.body)]]).toEqual([201, []])
    expect(Object.keys(reply.body)).toEqual([
      'success',
      'access_token',
      'access',
      'refresh',
      'user',
      'full_name',
      'email',
      'profile_img_url',
    ])
    expect(reply.body).toMatchObject({ success: 'true', email: 'rg1@example.com', full_name: 'Asha Rao' })
    expect(reply.body.user).toEqual({ id: expect.any(Number), email: 'rg1@example.com', name: 'Asha Rao' })
    expect(reply.headers.get('cache-control')).toBe('no-store')
    expect((await api.get('/api/auth/me', bearer(reply.body.access_token))).status).toBe(200)
  })

  it('RG-2: refuses a short password, a missing or odd address, and a body that is no object', async () => {
    const good = { email: 'rg2@example.com', password: 'zq8#Lmv2' }
    expect(failing(await register({ ...good, password: 'zq8#Lmv' }))).toEqual(['password'])
    expect(failing(await register({ password: good.password }))).toEqual(['email'])
    expect(failing(await register({ email: 'a@b', password: 'short', name: 'x'.repeat(81) }))).toEqual([
      'email',
      'password',
      'name',
    ])
    for (const email of [
      'a@@b.co',
      'a b@c.de',
      'å@b.co',
      '@b.co',
      'a@b.c',
      `${'a'.repeat(64)}@${'b.'.repeat(95)}co`,
      'a@b..co',
    ])
      expect([email, failing(await register({ ...good, email }))]).toEqual([email, ['email']])
    expect(wordOf(await register([]))).toBe('400 invalid_json')
    expect(wordOf(await register(undefined))).toBe('400 invalid_parameter')
    expect(wordOf(await api.login('rg2@example.com', 'zq8#Lmv2'))).toBe('401 invalid_credentials')
  })

  it('RG-3: knows an address again in any case and with blanks', async () => {
    await api.register('user@example.com')
    expect(wordOf(await register({ email: 'USER@Example.com ', password }))).toBe('400 email_taken')
  })

  it('makes one account of two calls at once', async () => {
    const body = { email: 'twice@example.com', password }
    const replies = await Promise.all([register(body), register(body)])
    expect(replies.map(wordOf).sort()).toEqual(['201', '400 email_taken'])
  })

  it('P3: takes 8 to 256 characters after NFKC, whatever they are, and tells two long ones apart', async () => {
    const outcome = async (email: string, given: string) => wordOf(await register({ email, password: given }))
    expect(
      await outcome(
        'p3a@example.com',
        'x'.repeat(257).replace(/x/g, () => 'é'),
      ),
    ).toBe('400 invalid_parameter')
    expect(await outcome('p3b@example.com', 'q'.repeat(255).concat('!'))).toBe('201')
    expect(await outcome('p3c@example.com', ' '.repeat(15))).toBe('201')
    expect(await outcome('p3d@example.com', '🦜🐘🦚🐅🐒🦌🐢🐊')).toBe('201')
    expect(await outcome('p3e@example.com', '🦜🐘🦚🐅🐒🦌🐢')).toBe('400 invalid_parameter')
    expect(await outcome('p3f@example.com', 'x'.repeat(1_025))).toBe('400 invalid_parameter')
    expect(await outcome('p3g@example.com', '\ud800'.repeat(9))).toBe('400 invalid_parameter')
    // Eight characters as typed, four after NFKC would be other characters: the ligature ﬃ becomes three.
    expect(await outcome('p3h@example.com', 'ﬃﬃx')).toBe('400 invalid_parameter')
    expect(await outcome('p3i@example.com', 'ﬃﬃxy')).toBe('201')
    const long = 'k'.repeat(199)
    expect(await outcome('p3j@example.com', `${long}a`)).toBe('201')
    expect(wordOf(await api.login('p3j@example.com', `${long}b`))).toBe('401 invalid_credentials')
    expect(await outcome('p3k@example.com', 'caf\u00e9-au-lait')).toBe('201')
    expect((await api.login('p3k@example.com', 'cafe\u0301-au-lait')).status).toBe(200)
  })

  it('P4: says of a common password that it is too common, and takes no name of the account', async () => {
    for (const common of ['password1', 'Password1']) {
      const reply = await register({ email: 'p4@example.com', password: common })
      expect(reply.body).toMatchObject({
        code: 'invalid_parameter',
        details: [{ field: 'password', reason: expect.stringContaining('too common') }],
      })
    }
    expect(failing(await register({ email: 'ashokrao@example.com', password: 'ashokrao' }))).toEqual(['password'])
  })

  it('A2: stores nothing it does not know, and makes a plain account of whoever asks for more', async () => {
    const { access } = await api.register('a2@example.com', {
      role: 'owner',
      plan: 'hobby',
      id: 1,
      clientCode: 'OWNER1',
      client_code: 'OWNER1',
    })
    const me = await api.get<{ role: string; plan: string; client_code: string }>('/api/auth/me', bearer(access))
    expect([me.body.role, me.body.plan]).toEqual(['member', 'unlimited'])
    expect(me.body.client_code).not.toBe('OWNER1')
  })

  it('takes a blank name as none', async () => {
    const reply = await register({ email: 'blank@example.com', password, name: '  ' })
    expect([reply.body.user.name, reply.body.full_name]).toEqual([null, ''])
  })

  it('allows an address ten an hour', async () => {
    const limited = await startIdentityServer({ isLimited: true })
    const calls = createApiCalls(limited)
    const ask = () => calls.post('/api/auth/register', { email: 'x' })
    for (let i = 0; i < 10; i++) expect(wordOf(await ask())).toBe('400 invalid_parameter')
    const refused = await ask()
    expect([wordOf(refused), refused.headers.get('retry-after')]).toEqual(['429 rate_limited', '3600'])
    for (let i = 0; i < 10; i++)
      expect((await calls.post('/api/auth/password/forgot', { email: 'a@example.com' })).status).toBe(202)
    expect(wordOf(await calls.post('/api/auth/password/forgot', { email: 'a@example.com' }))).toBe('429 rate_limited')
    await limited.close()
  })

  it('is closed where the operator closed it, and open to an invitation where it takes those', async () => {
    const closed = await startIdentityServer({ settings: { registration: 'closed' } })
    expect(wordOf(await createApiCalls(closed).post('/api/auth/register', { email: 'a@example.com', password }))).toBe(
      '403 registration_closed',
    )
    await closed.close()
    const invited = await startIdentityServer({ settings: { registration: 'invite' } })
    const calls = createApiCalls(invited)
    const owner = { email: 'owner@example.com', password, name: null, role: 'owner' } as const
    await invited.identity.administration.create(owner)
    const { body: own } = await calls.login(owner.email)
    const invite = await calls.post<{ token: string }>(
      '/api/auth/invitations',
      { role: 'read-only', email: 'guest@example.com' },
      bearer(own.access),
    )
    expect(invite.status).toBe(201)
    const { token: invitation } = invite.body
    const come = (body: object) => calls.post<LoginReply>('/api/auth/register', { password, ...body })
    expect(wordOf(await come({ email: 'guest@example.com' }))).toBe('403 registration_closed')
    expect(wordOf(await come({ email: 'other@example.com', invitation }))).toBe('400 invalid_invitation')
    const guest = await come({ email: 'guest@example.com', invitation })
    expect(guest.status).toBe(201)
    expect((await calls.get<{ role: string }>('/api/auth/me', bearer(guest.body.access))).body.role).toBe('read-only')
    expect(wordOf(await come({ email: 'guest2@example.com', invitation }))).toBe('400 invalid_invitation')
    await invited.close()
  })
})

describe('POST /api/auth/login', () => {
  it('LG-1, LI-1: answers all eight keys, and tokens that live as long as they should', async () => {
    await api.register('lg1@example.com', { name: 'Asha' })
    const { status, body } = await api.login(' LG1@example.com ')
    expect([status, [...Errors(LoginReply, body)]]).toEqual([200, []])
    const lives = [body.access_token, body.access, body.refresh].map((token) => {
      const { token_type, exp = 0, iat = 0, iss, sub, sid, jti } = decodeJwt(token)
      expect([iss, sub, sid, jti].every((claim) => typeof claim === 'string' && claim !== '')).toBe(true)
      expect(sub).toBe(String(body.user.id))
      return [token_type, exp - iat]
    })
    expect(lives).toEqual([
      ['session', 604_800],
      ['access', 3_600],
      ['refresh', 2_592_000],
    ])
  })

  it('LG-2, LI-2: says the same of a wrong password and of an unknown or impossible address', async () => {
    await api.register('lg2@example.com')
    const replies = [
      await api.login('lg2@example.com', 'wrong horse 9'),
      await api.login('nobody@example.com'),
      await api.login('no address'),
      await api.login(''),
    ]
    const bodies = replies.map(({ status, body }) => {
      const { request_id, ...rest } = body as unknown as Record<string, string>
      expect([status, rest['success'], request_id !== undefined]).toEqual([401, 'false', true])
      expect([rest['message'], rest['error']]).toEqual([rest['msg'], rest['msg']])
      return JSON.stringify(rest)
    })
    expect(new Set(bodies).size).toBe(1)
    for (const { cookies } of replies) expect(cookies).toEqual([])
  })

  it('LI-3: names what is missing or no string', async () => {
    expect(failing(await api.post('/api/auth/login', { email: 'a@b.co' }))).toEqual(['password'])
    for (const value of [null, 5, true, [], {}, ['a@b.co']])
      expect(failing(await api.post('/api/auth/login', { email: value, password: value }))).toEqual([
        'email',
        'password',
      ])
    expect(failing(await api.post('/api/auth/login', { email: 'a\u0000@b.co', password: 'x'.repeat(1_025) }))).toEqual([
      'email',
      'password',
    ])
  })

  it('LG-3: refuses even the right password after five wrong ones, until their time is over', async () => {
    await api.register('lg3@example.com')
    for (let i = 0; i < 5; i++) expect((await api.login('lg3@example.com', 'wrong horse 9')).status).toBe(401)
    const refused = await api.login('lg3@example.com')
    expect(wordOf(refused)).toBe('429 too_many_attempts')
    expect(Number(refused.headers.get('retry-after'))).toBe(900)
    server.turn(900_001)
    expect((await api.login('lg3@example.com')).status).toBe(200)
  })

  it('L3: counts the guesses of a browser that signed in before apart', async () => {
    await api.register('l3@example.com')
    const first = await api.login('l3@example.com')
    const device = { cookie: `banyan_device=${first.cookies[1]?.value}` }
    for (let i = 0; i < 5; i++) await api.login('l3@example.com', 'wrong horse 9')
    expect(wordOf(await api.login('l3@example.com'))).toBe('429 too_many_attempts')
    const known = await api.login('l3@example.com', undefined, device)
    expect([known.status, known.cookies.map(({ name }) => name)]).toEqual([200, ['access_token_cookie']])
  })

  it('LG-5: asks for the second factor of an account that has one, and gives nothing before', async () => {
    const { access } = await api.register('lg5@example.com')
    const enrolled = await api.post<{ secret: string }>('/api/auth/totp/enrol', { password }, bearer(access))
    const code = totpCode(enrolled.body.secret, server.now())
    await api.post('/api/auth/totp/confirm', { code }, bearer(access))
    const reply = await api.login<Record<string, unknown>>('lg5@example.com')
    expect([reply.status, reply.cookies, reply.headers.get('www-authenticate')]).toEqual([401, [], 'Bearer'])
    expect(reply.body).toEqual({
      success: 'false',
      message: 'A second factor is needed.',
      error: 'A second factor is needed.',
      msg: 'A second factor is needed.',
      code: 'second_factor_required',
      challenge: expect.stringMatching(/^ey/),
      expires_in: 300,
      factors: ['totp', 'recovery_code'],
      request_id: reply.headers.get('x-request-id'),
    })
    const { token_type, sid, exp = 0, iat = 0 } = decodeJwt(String(reply.body['challenge']))
    expect([token_type, sid, exp - iat]).toEqual(['challenge', undefined, 300])
  })

  it('refuses an account that the owner locked with its own word', async () => {
    await api.register('locked@example.com')
    await server.identity.administration.lock('locked@example.com')
    expect(wordOf(await api.login('locked@example.com'))).toBe('403 account_disabled')
    expect(wordOf(await api.login('locked@example.com', 'wrong horse 9'))).toBe('401 invalid_credentials')
  })
})
