import type { AuditReply, CodeSentReply, FactorsReply, LoginReply, MeReply } from '@banyan/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

const fieldsOf = (reply: { body: unknown }) =>
  (reply.body as { details?: { field: string }[] }).details?.map(({ field }) => field)

describe('PATCH /api/auth/me', () => {
  const patch = <T = MeReply>(token: string, body: object) => api.patch<T>('/api/auth/me', body, bearer(token))

  it('changes what is given and leaves the rest', async () => {
    const { access } = await api.register('me1@example.com', { name: 'Asha' })
    const changes = { mobile: '+919876543210', otp_beside_totp: true, role: 'owner', plan: 'hobby' }
    expect((await patch<{ code: string }>(access, changes)).body.code).toBe('wrong_password')
    const reply = await patch(access, { ...changes, password })
    expect([reply.status, reply.body.mobile, reply.body.otp_beside_totp]).toEqual([200, '+919876543210', true])
    expect([reply.body.user.name, reply.body.role, reply.body.plan]).toEqual(['Asha', 'member', 'unlimited'])
    expect((await patch(access, { name: ' Asha Rao ' })).body.full_name).toBe('Asha Rao')
    const cleared = await patch(access, { name: null, mobile: null })
    expect([cleared.body.user.name, cleared.body.full_name, cleared.body.mobile]).toEqual([null, '', null])
    expect((await api.get<MeReply>('/api/auth/me', bearer(access))).body).toEqual(cleared.body)
  })

  it('names every field that fails', async () => {
    const { access } = await api.register('me2@example.com')
    const bad = { name: '', mobile: '9876543210', otp_channel: 'pigeon', otp_beside_totp: 'yes' }
    expect(fieldsOf(await patch(access, bad))).toEqual(Object.keys(bad))
    expect(fieldsOf(await patch(access, { otp_channel: 'sms' }))).toEqual(['otp_channel'])
    expect(fieldsOf(await patch(access, {}))).toEqual(['name'])
    expect(fieldsOf(await patch(access, { email: 'x', code: '12' }))).toEqual(['email', 'password', 'code'])
    const both = { email: 'me2b@example.com', password, name: 'x', mobile: null }
    expect(fieldsOf(await patch(access, both))).toEqual(['name', 'mobile'])
  })

  it('changes the address with the password and a code mailed to the new one', async () => {
    const { access } = await api.register('me3@example.com')
    const wanted = { email: 'New3@example.com', password }
    expect(wordOf(await patch(access, { ...wanted, password: 'wrong horse 9' }))).toBe('403 wrong_password')
    const sent = await patch<CodeSentReply>(access, wanted)
    expect([sent.status, sent.body]).toEqual([202, { expires_in: 300 }])
    const code = await server.codeFor('new3@example.com')
    const wrong = code === '000000' ? '000001' : '000000'
    expect(wordOf(await patch(access, { ...wanted, code: wrong }))).toBe('400 invalid_code')
    expect(wordOf(await patch(access, { ...wanted, email: 'other3@example.com', code }))).toBe('400 invalid_code')
    const done = await patch(access, { ...wanted, code })
    expect([done.status, done.body.email]).toEqual([200, 'new3@example.com'])
    expect(wordOf(await patch(access, { ...wanted, code }))).toBe('400 code_expired')
    expect((await api.login('new3@example.com')).status).toBe(200)
    expect(wordOf(await api.login('me3@example.com'))).toBe('401 invalid_credentials')
    expect((await server.mails()).findLast(({ to }) => to === 'me3@example.com')).toBeDefined()
  })

  it('answers alike for an address that is taken, and mails it nothing', async () => {
    await api.register('taken@example.com')
    const { access } = await api.register('me4@example.com')
    const before = (await server.mails()).length
    const sent = await patch<CodeSentReply>(access, { email: 'taken@example.com', password })
    expect([sent.status, sent.body]).toEqual([202, { expires_in: 300 }])
    expect((await server.mails()).length).toBe(before)
  })
})

describe('POST /api/auth/me/export and DELETE /api/auth/me', () => {
  it('export everything kept but secrets, in words and times of the wire', async () => {
    const { access } = await api.register('ex1@example.com')
    await api.post('/api/keys', { name: 'Script' }, bearer(access))
    await api.post('/api/applications', { name: 'Desk' }, bearer(access))
    await api.post('/api/watchlists', { name: 'Mine', instruments: ['TCS'] }, bearer(access))
    const reply = await api.post<Record<string, unknown>>('/api/auth/me/export', undefined, bearer(access))
    expect(reply.status).toBe(200)
    expect(reply.body).toMatchObject({
      exported_at: expect.stringMatching(/\+05:30$/),
      account: { email: 'ex1@example.com', created_at: expect.stringMatching(/\+05:30$/) },
      sessions: [{ current: true, device_facts: null }],
      keys: [{ name: 'Script', scopes: ['market:read'], created_at: expect.stringMatching(/\+05:30$/) }],
      applications: [{ name: 'Desk' }],
      watchlists: [{ name: 'Mine', instruments: ['NSE:TCS'], created_at: expect.stringMatching(/\+05:30$/) }],
    })
    expect(reply.text).not.toMatch(/hash|secret|[a-z]At"|argon2/)
    const events = reply.body['audit'] as { at: string; action: string; facts: object }[]
    expect(events.map(({ action }) => action)).toContain('account_exported')
    expect(events[0]?.at).toMatch(/\+05:30$/)
  })

  it('E6: deletes the account with password and second factor, and its address is in no row', async () => {
    const { access, access_token } = await api.register('gone@example.com')
    const { secret } = (await api.post<{ secret: string }>('/api/auth/totp/enrol', { password }, bearer(access))).body
    await api.post('/api/auth/totp/confirm', { code: totpCode(secret, server.now()) }, bearer(access))
    const remove = (body: object) => api.delete('/api/auth/me', body, bearer(access))
    expect(fieldsOf(await remove({}))).toEqual(['password'])
    expect(fieldsOf(await remove({ password, code: 'x' }))).toEqual(['code'])
    expect(wordOf(await remove({ password: 'wrong horse 9' }))).toBe('403 wrong_password')
    expect(wordOf(await remove({ password }))).toBe('401 invalid_second_factor')
    server.turn(30_000)
    const own = { ...cookie(access_token), 'sec-fetch-site': 'same-origin' }
    const gone = await api.delete('/api/auth/me', { password, code: totpCode(secret, server.now()) }, own)
    expect([gone.status, gone.body, gone.cookies[0]?.maxAge]).toEqual([200, { deleted: true }, 0])
    expect(wordOf(await api.get('/api/auth/me', bearer(access)))).toBe('401 session_revoked')
    expect(wordOf(await api.login('gone@example.com'))).toBe('401 invalid_credentials')
    expect(await server.store.reads.findAccount({ email: 'gone@example.com' })).toBeNull()
    expect((await api.post('/api/auth/register', { email: 'gone@example.com', password })).status).toBe(201)
  })
})

describe('the owner', () => {
  it('P5: comes by the printed token, once and within an hour, and never by being first', async () => {
    const fresh = await startIdentityServer()
    const calls = createApiCalls(fresh)
    const become = (token: string, email = 'owner@example.com') =>
      calls.post<LoginReply>('/api/auth/bootstrap', { token, email, password, name: 'Owner' })
    const first = await calls.register('first@example.com')
    expect(wordOf(await calls.post('/api/auth/invitations', {}, bearer(first.access)))).toBe('403 insufficient_role')
    expect(wordOf(await become('x'))).toBe('403 invalid_bootstrap_token')
    const late = await fresh.identity.administration.issueBootstrapToken()
    fresh.turn(3_601_000)
    expect(wordOf(await become(String(late)))).toBe('403 invalid_bootstrap_token')
    const token = String(await fresh.identity.administration.issueBootstrapToken())
    const weak = await calls.post('/api/auth/bootstrap', { token, email: 'owner@example.com', password: 'password1' })
    expect(fieldsOf(weak)).toEqual(['password'])
    expect(fieldsOf(await calls.post('/api/auth/bootstrap', {}))).toEqual(['token', 'email', 'password'])
    const owner = await become(token)
    expect([owner.status, owner.cookies[0]?.value]).toEqual([201, owner.body.access_token])
    expect((await calls.get<MeReply>('/api/auth/me', bearer(owner.body.access))).body.role).toBe('owner')
    expect(wordOf(await become(token, 'second@example.com'))).toBe('403 invalid_bootstrap_token')
    const invitation = await calls.post('/api/auth/invitations', {}, bearer(owner.body.access))
    expect([invitation.status, Object.keys(invitation.body)]).toEqual([201, ['id', 'token', 'expires_at']])
    const bad = await calls.post('/api/auth/invitations', { role: 'admin', email: 'x' }, bearer(owner.body.access))
    expect(fieldsOf(bad)).toEqual(['role', 'email'])
    expect(wordOf(await calls.delete('/api/auth/me', { password }, bearer(owner.body.access)))).toBe('409 last_owner')
    await fresh.close()
  })
})

describe('/api/auth/factors', () => {
  const factorsOf = async (token: string) => (await api.get<FactorsReply>('/api/auth/factors', bearer(token))).body

  it('sets an MPIN in a live session, refuses a guessable one, and removes it with the password', async () => {
    const { access } = await api.register('pin@example.com')
    const set = (mpin: unknown) => api.post('/api/auth/factors/mpin', { mpin }, bearer(access))
    for (const mpin of ['1111', '1234', '123456', '1988', '123', '1234567', 482910, null, '４８２９１０'])
      expect([mpin, fieldsOf(await set(mpin))]).toEqual([mpin, ['mpin']])
    expect((await set('482910')).body).toEqual({ enabled: true })
    expect((await factorsOf(access)).mpin).toEqual({ enabled: true })
    const remove = (given: unknown) => api.delete('/api/auth/factors/mpin', { password: given }, bearer(access))
    expect(wordOf(await remove('wrong horse 9'))).toBe('403 wrong_password')
    expect((await remove(password)).body).toEqual({ enabled: false })
    expect((await factorsOf(access)).mpin).toEqual({ enabled: false })
  })

  it('trusts a registered device with the password, and forgets it', async () => {
    const signedIn = await server.addAccount('device@example.com', password)
    const { access } = signedIn.tokens
    const caller = await server.callerOf(signedIn)
    const origin = { surface: 'api', address: '192.0.2.1', userAgent: null, requestId: 'r', deviceToken: null } as const
    await server.identity.factors.setMpin(caller, { mpin: '482910', udid: 'A1B2C3D4E5F6' }, origin)
    const [device] = (await factorsOf(access)).devices
    expect(device).toMatchObject({ id: expect.stringMatching(/^dev_/), trusted: true, label: '…E5F6' })
    const path = `/api/auth/factors/devices/${device?.id}`
    expect(wordOf(await api.post(`${path}/trust`, { password: 'wrong horse 9' }, bearer(access)))).toBe(
      '403 wrong_password',
    )
    expect((await api.post(`${path}/trust`, { password }, bearer(access))).body).toEqual({ trusted: true })
    const stranger = await api.register('device2@example.com')
    expect(wordOf(await api.delete(path, undefined, bearer(stranger.access)))).toBe('404 not_found')
    expect(wordOf(await api.post(`${path}/trust`, { password }, bearer(stranger.access)))).toBe('404 not_found')
    expect((await api.delete(path, undefined, bearer(access))).body).toEqual({ deleted: true })
    expect((await factorsOf(access)).devices).toEqual([])
    expect(wordOf(await api.delete(path, undefined, bearer(access)))).toBe('404 not_found')
  })
})

describe('GET /api/audit', () => {
  it('pages through the own events, newest first, and through nobody else’s', async () => {
    const { access } = await api.register('audit@example.com')
    const stranger = await api.register('audit2@example.com')
    for (let i = 0; i < 5; i++) await api.post('/api/keys', { name: `k${i}` }, bearer(access))
    await api.login('audit@example.com', 'wrong horse 9')
    const page = async (query: string) => (await api.get<AuditReply>(`/api/audit${query}`, bearer(access))).body
    const all = await page('')
    expect(all.events.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'sign_in refused',
      ...Array(5).fill('key_created done'),
      'sign_in done',
      'registered done',
    ])
    expect(all.next_before).toBeNull()
    expect(all.events[0]).toEqual({
      id: expect.any(Number),
      at: expect.stringMatching(/\+05:30$/),
      action: 'sign_in',
      outcome: 'refused',
      surface: 'api',
      ip: '127.0.0.1',
      user_agent: 'node',
      request_id: expect.stringMatching(/^req_/),
      facts: { factor: 'password', reason: 'wrong' },
    })
    const first = await page('?limit=3')
    const second = await page(`?limit=3&before=${first.next_before}`)
    expect([...first.events, ...second.events]).toEqual(all.events.slice(0, 6))
    const theirs = (await api.get<AuditReply>('/api/audit', bearer(stranger.access))).body.events
    expect(theirs.map(({ action }) => action)).toEqual(['sign_in', 'registered'])
    for (const query of ['?limit=0', '?limit=201', '?before=x', '?before=', '?limit=1&limit=1'])
      expect((await api.get(`/api/audit${query}`, bearer(access))).status).toBe(400)
  })
})
