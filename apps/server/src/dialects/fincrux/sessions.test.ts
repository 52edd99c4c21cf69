import { type LoginReply, Session, SessionsReply } from '@banyan/contracts'
import { Errors } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiCalls, bearer, cookie, createApiCalls, wordOf } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

let server: IdentityServer
let api: ApiCalls
beforeAll(async () => {
  server = await startIdentityServer()
  api = createApiCalls(server)
})
afterAll(() => server.close())

const path = '/api/auth/sessions'
const listOf = async (token: string) => (await api.get<SessionsReply>(path, bearer(token))).body.sessions
const idOf = async (token: string) => (await listOf(token)).find(({ current }) => current)?.id ?? ''

describe('/api/auth/sessions', () => {
  it('lists live sessions, latest activity first, and shows one', async () => {
    const a = await api.register('list@example.com')
    server.turn(61_000)
    const { body: b } = await api.login('list@example.com', undefined, { 'user-agent': 'Phone' })
    server.turn(61_000)
    await api.get('/api/auth/me', bearer(a.access))
    await server.background.idle()
    const reply = await api.get<SessionsReply>(path, bearer(b.access))
    expect([...Errors({ Session }, SessionsReply, reply.body)]).toEqual([])
    const [first, second] = reply.body.sessions
    expect([first?.id, first?.current]).toEqual([await idOf(a.access), false])
    expect(second).toMatchObject({ current: true, user_agent: 'Phone', ip: '127.0.0.1', surface: 'api' })
    const one = await api.get<Session>(`${path}/${second?.id}`, bearer(a.access))
    expect([one.status, one.body]).toEqual([200, { ...second, current: false, last_seen_at: expect.any(String) }])
  })

  it('SE-1: lets one session end another at once', async () => {
    const a = await api.register('se1@example.com')
    const { body: b } = await api.login('se1@example.com')
    const id = await idOf(b.access)
    const reply = await api.delete(`${path}/${id}`, undefined, bearer(a.access))
    expect([reply.status, reply.body, reply.cookies]).toEqual([200, { revoked: 1 }, []])
    expect(wordOf(await api.get('/api/auth/me', bearer(b.access)))).toBe('401 session_revoked')
    expect((await api.get('/api/auth/me', bearer(a.access))).status).toBe(200)
    for (const method of ['GET', 'DELETE'])
      expect(wordOf(await api.send(method, `${path}/${id}`, { headers: bearer(a.access) }))).toBe('404 not_found')
  })

  it('SE-2: tells the session of somebody else from none at all in no way', async () => {
    const [a, b] = [await api.register('se2@example.com'), await api.register('se2b@example.com')]
    const foreign = await idOf(a.access)
    for (const method of ['GET', 'DELETE']) {
      const replies = await Promise.all(
        [foreign, 'ses_0000000000000000', 'x', '%00', "'; drop table"].map((id) =>
          api.send(method, `${path}/${id}`, { headers: bearer(b.access) }),
        ),
      )
      const seen = replies.map(({ status, body: { request_id: _id, ...body } }) => JSON.stringify([status, body]))
      expect(new Set(seen).size).toBe(1)
      expect(wordOf(replies[0] ?? expect.unreachable())).toBe('404 not_found')
    }
    expect((await api.get('/api/auth/me', bearer(a.access))).status).toBe(200)
    const tooLong = await api.get(`${path}/${'x'.repeat(101)}`, bearer(b.access))
    expect([tooLong.status, tooLong.body.details?.[0]?.field]).toEqual([400, 'id'])
  })

  it('ends all others and keeps the caller, or ends the caller and clears the cookie', async () => {
    const a = await api.register('all@example.com')
    const others: LoginReply[] = []
    for (let i = 0; i < 3; i++) others.push((await api.login('all@example.com')).body)
    const reply = await api.delete(path, undefined, bearer(a.access))
    expect([reply.status, reply.body]).toEqual([200, { revoked: 3 }])
    for (const { access } of others)
      expect(wordOf(await api.get('/api/auth/me', bearer(access)))).toBe('401 session_revoked')
    expect((await api.delete<{ revoked: number }>(path, undefined, bearer(a.access))).body.revoked).toBe(0)
    const own = { ...cookie(a.access_token), 'sec-fetch-site': 'same-origin' }
    const last = await api.delete(`${path}/${await idOf(a.access)}`, undefined, own)
    expect([last.status, last.cookies[0]?.maxAge]).toEqual([200, 0])
    expect(wordOf(await api.get('/api/auth/me', own))).toBe('401 session_revoked')
  })

  it('S7: keeps the newest 20', async () => {
    const oldest = await api.register('many@example.com')
    let newest: LoginReply = oldest
    for (let i = 0; i < 20; i++) {
      server.turn(1_000)
      newest = (await api.login('many@example.com')).body
    }
    expect(wordOf(await api.get('/api/auth/me', bearer(oldest.access)))).toBe('401 session_revoked')
    expect((await listOf(newest.access)).length).toBe(20)
  })

  it('S6: gives a login a session of its own whatever cookie came along', async () => {
    const a = await api.register('fixed@example.com')
    const { body: b } = await api.login('fixed@example.com', undefined, cookie(a.access_token))
    expect(await idOf(b.access)).not.toBe(await idOf(a.access))
  })
})
