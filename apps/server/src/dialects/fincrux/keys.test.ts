import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { KeysReply, NewKeyReply } from '@banyan/contracts'
import { formatIst } from '@banyan/domain'
import { Errors } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiCalls, bearer, createApiCalls, wordOf } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

const dayMs = 86_400_000

let server: IdentityServer
let api: ApiCalls
beforeAll(async () => {
  server = await startIdentityServer({
    prepare({ fastify }) {
      const config = { credential: 'user', rateClass: 'api', scope: 'market:read' } as const
      fastify.get('/api/data', { config, handler: async () => ({ passed: true }) })
    },
  })
  api = createApiCalls(server)
})
afterAll(() => server.close())

const create = (token: string, body: object) => api.post<NewKeyReply>('/api/keys', body, bearer(token))
const list = async (token: string) => (await api.get<KeysReply>('/api/keys', bearer(token))).body
const use = (key: string) => api.get('/api/data', { 'x-api-key': key })

describe('/api/keys', () => {
  it('KY-1: shows a key once and never again', async () => {
    const { access } = await api.register('ky1@example.com')
    const reply = await create(access, { name: ' Screener script ' })
    expect([reply.status, [...Errors(NewKeyReply, reply.body)]]).toEqual([201, []])
    expect(reply.body).toEqual({
      id: expect.stringMatching(/^key_/),
      name: 'Screener script',
      key: expect.stringMatching(/^bny_[A-Za-z0-9]{32}$/),
      prefix: reply.body.key.slice(0, 8),
      scopes: ['market:read'],
      created_at: formatIst(server.now()),
      expires_at: null,
    })
    const text = (await api.get('/api/keys', bearer(access))).text
    expect([...Errors(KeysReply, JSON.parse(text))]).toEqual([])
    expect(text).not.toContain(reply.body.key)
    expect(text).not.toMatch(/hash|"key"/)
  })

  it('KY-2: ends with its deletion, at once, and only by its owner', async () => {
    const [a, b] = [await api.register('ky2@example.com'), await api.register('ky2b@example.com')]
    const { id, key } = (await create(a.access, { name: 'k' })).body
    expect((await use(key)).status).toBe(200)
    const foreign = await api.delete(`/api/keys/${id}`, undefined, bearer(b.access))
    const random = await api.delete('/api/keys/key_0000000000000000', undefined, bearer(b.access))
    expect([wordOf(foreign), foreign.text.length]).toEqual([wordOf(random), random.text.length])
    expect((await use(key)).status).toBe(200)
    const gone = await api.delete(`/api/keys/${id}`, undefined, bearer(a.access))
    expect([gone.status, gone.body]).toEqual([200, { deleted: true }])
    expect(wordOf(await use(key))).toBe('401 invalid_api_key')
    expect(wordOf(await api.delete(`/api/keys/${id}`, undefined, bearer(a.access)))).toBe('404 not_found')
  })

  it('KY-3: ends at its time', async () => {
    const { access } = await api.register('ky3@example.com')
    const { key } = (await create(access, { name: 'k', expires_at: formatIst(server.now() + 60_000) })).body
    expect((await use(key)).status).toBe(200)
    server.turn(60_000)
    expect(wordOf(await use(key))).toBe('401 api_key_expired')
    expect((await list((await api.login('ky3@example.com')).body.access)).keys).toEqual([])
  })

  it('KY-4, KY-5: opens what its scopes name, and no other key', async () => {
    const { access } = await api.register('ky4@example.com')
    const { key } = (await create(access, { name: 'k', scopes: ['journal:read', 'portfolio:read', 'journal:read'] }))
      .body
    expect((await list(access)).keys[0]?.scopes).toEqual(['portfolio:read', 'journal:read'])
    expect(wordOf(await use(key))).toBe('403 insufficient_scope')
    for (const call of [
      api.post('/api/keys', { name: 'x' }, { 'x-api-key': key }),
      api.get(`/api/keys?api_key=${key}`),
    ])
      expect(wordOf(await call)).toBe('403 api_key_not_allowed')
  })

  it('KY-6, J6: is in no file of the data folder and in no line of the log', async () => {
    const { access } = await api.register('ky6@example.com')
    const { key } = (await create(access, { name: 'k' })).body
    expect((await api.get(`/api/data?api_key=${key}`)).status).toBe(200)
    await server.background.idle()
    for (const file of filesBelow(server.folder))
      expect([file, readFileSync(file).includes(key)]).toEqual([file, false])
    expect(server.lines.join('\n')).not.toContain(key)
  })

  it('K1: takes twenty and no more, and names every field that fails', async () => {
    const { access } = await api.register('ky7@example.com')
    for (let i = 0; i < 20; i++) expect((await create(access, { name: `k${i}` })).status).toBe(201)
    expect(wordOf(await create(access, { name: 'one more' }))).toBe('409 key_limit_reached')
    const names = (await list(access)).keys.map(({ name }) => name)
    expect(new Set(names).size).toBe(20)
    const now = server.now()
    for (const [body, field] of [
      [{}, 'name'],
      [{ name: ' ' }, 'name'],
      [{ name: 'x'.repeat(61) }, 'name'],
      [{ name: 'a\u0007b' }, 'name'],
      [{ name: 'k', scopes: [] }, 'scopes'],
      [{ name: 'k', scopes: ['market:write'] }, 'scopes'],
      [{ name: 'k', scopes: 'market:read' }, 'scopes'],
      [{ name: 'k', scopes: [null] }, 'scopes'],
      [{ name: 'k', expires_at: formatIst(now) }, 'expires_at'],
      [{ name: 'k', expires_at: formatIst(now + 366 * dayMs + 1) }, 'expires_at'],
      [{ name: 'k', expires_at: '2026-03-01T00:00:00' }, 'expires_at'],
      [{ name: 'k', expires_at: 5 }, 'expires_at'],
    ] as const) {
      const reply = await api.post('/api/keys', body, bearer(access))
      expect([body, reply.status, reply.body.details?.map((detail) => detail.field)]).toEqual([body, 400, [field]])
    }
  })

  it('lists newest first with when each was used, and what the plan leaves', async () => {
    const hobby = await startIdentityServer({ settings: { defaultPlan: 'hobby' } })
    const calls = createApiCalls(hobby)
    const { access } = await calls.register('plan@example.com')
    await calls.post('/api/keys', { name: 'old' }, bearer(access))
    hobby.turn(1_000)
    const expires_at = '2026-02-01T00:00:00Z'
    await calls.post('/api/keys', { name: 'new', expires_at }, bearer(access))
    const { body } = await calls.get<KeysReply>('/api/keys', bearer(access))
    expect(body.keys.map(({ name }) => name)).toEqual(['new', 'old'])
    expect(body.keys[0]).toMatchObject({
      expires_at: '2026-02-01T05:30:00+05:30',
      last_used_at: null,
      usage_today: { date: '2026-01-05', data_calls: 0, force_updates: 0 },
    })
    expect(body.plan).toEqual({
      name: 'hobby',
      limit: 5,
      window: 'day',
      used: 0,
      remaining: 5,
      resets_at: null,
      force_updates_left: 5,
    })
    await hobby.close()
    const { access: other } = await api.register('unlimited@example.com')
    const { key } = (await create(other, { name: 'k' })).body
    await use(key)
    await server.background.idle()
    const { keys, plan } = await list(other)
    expect(keys[0]?.last_used_at).toBe(formatIst(server.now()))
    expect(plan).toMatchObject({ name: 'unlimited', limit: null, window: null, remaining: null, resets_at: null })
  })
})

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}
