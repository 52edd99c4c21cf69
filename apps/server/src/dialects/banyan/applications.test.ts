import type { Application, ApplicationsReply, ApplicationTokenReply, NewApplicationReply } from '@banyan/contracts'
import { formatIst } from '@banyan/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiCalls, bearer, createApiCalls, wordOf } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

const dayMs = 86_400_000
const init = '/apim/session/1.0/session/init'

let server: IdentityServer
let api: ApiCalls
beforeAll(async () => {
  server = await startIdentityServer()
  api = createApiCalls(server)
})
afterAll(() => server.close())

const create = (token: string, body: object) => api.post<NewApplicationReply>('/api/applications', body, bearer(token))
const list = async (token: string) =>
  (await api.get<ApplicationsReply>('/api/applications', bearer(token))).body.applications
/** Whether a bearer opens the Kotak session API. */
const opens = async ({ consumer_key }: Pick<Application, 'consumer_key'>, token: string) =>
  (await api.get(init, { ...bearer(token), consumerKey: consumer_key, userid: 'ABC123' })).status

describe('/api/applications', () => {
  it('shows secret and token once, and the token opens the vendor’s API for as long as was asked', async () => {
    const { access } = await api.register('app1@example.com')
    const reply = await create(access, { name: ' Desk ' })
    const { consumer_secret, access_token, access_token_expires_at, ...view } = reply.body
    expect([reply.status, consumer_secret.length >= 32, access_token]).toEqual([
      201,
      true,
      expect.stringMatching(/^[0-9a-f]{32}$/),
    ])
    expect(view).toEqual({
      id: expect.stringMatching(/^app_/),
      name: 'Desk',
      consumer_key: expect.stringMatching(/^\S{16,}$/),
      enabled: true,
      no_access_code: false,
      created_at: formatIst(server.now()),
      last_used_at: null,
      live_tokens: 1,
    })
    expect(access_token_expires_at).toBe(formatIst(server.now() + 30 * dayMs))
    const listed = await api.get('/api/applications', bearer(access))
    expect(listed.text).not.toMatch(new RegExp(`${consumer_secret}|${access_token}|secret|hash`))
    expect(await list(access)).toEqual([view])
    expect(await opens(view, access_token)).toBe(200)
    expect(await opens(view, consumer_secret)).toBe(401)
  })

  it('makes further tokens of 1 to 365 days', async () => {
    const { access } = await api.register('app2@example.com')
    const application = (await create(access, { name: 'Desk', access_token_days: 1 })).body
    expect(application.access_token_expires_at).toBe(formatIst(server.now() + dayMs))
    const tokens = `/api/applications/${application.id}/tokens`
    const reply = await api.post<ApplicationTokenReply>(tokens, { days: 2 }, bearer(access))
    expect([reply.status, reply.body.expires_at]).toEqual([201, formatIst(server.now() + 2 * dayMs)])
    expect((await list(access))[0]?.live_tokens).toBe(2)
    for (const days of [0, 366, 1.5, '2', null, undefined]) {
      const refused = await api.post(tokens, { days }, bearer(access))
      expect([days, refused.body.details?.[0]?.field]).toEqual([days, 'days'])
      if (days !== undefined) expect((await create(access, { name: 'x', access_token_days: days })).status).toBe(400)
    }
    server.turn(dayMs + 1_000)
    expect(await opens(application, application.access_token)).toBe(401)
    expect(await opens(application, reply.body.access_token)).toBe(200)
  })

  it('switches off and on, and needs to be told what', async () => {
    const { access } = await api.register('app3@example.com')
    const application = (await create(access, { name: 'Desk' })).body
    const patch = (body: object) => api.patch<Application>(`/api/applications/${application.id}`, body, bearer(access))
    const off = await patch({ enabled: false, no_access_code: true, consumer_key: 'mine' })
    expect([off.status, off.body]).toMatchObject([
      200,
      { enabled: false, no_access_code: true, consumer_key: application.consumer_key },
    ])
    expect(await opens(application, application.access_token)).toBe(401)
    expect((await patch({ enabled: true })).body).toMatchObject({ enabled: true, no_access_code: true })
    expect(await opens(application, application.access_token)).toBe(200)
    for (const body of [{}, { enabled: 'no' }, { no_access_code: null }]) expect((await patch(body)).status).toBe(400)
  })

  it('ends with all its tokens when it is removed', async () => {
    const { access } = await api.register('app4@example.com')
    const application = (await create(access, { name: 'Desk' })).body
    const path = `/api/applications/${application.id}`
    const gone = await api.delete(path, undefined, bearer(access))
    expect([gone.status, gone.body, await list(access)]).toEqual([200, { deleted: true }, []])
    expect(await opens(application, application.access_token)).toBe(401)
    for (const reply of [
      await api.delete(path, undefined, bearer(access)),
      await api.patch(path, { enabled: true }, bearer(access)),
      await api.post(`${path}/tokens`, { days: 1 }, bearer(access)),
    ])
      expect(wordOf(reply)).toBe('404 not_found')
  })

  it('are twenty at most', async () => {
    const { access } = await api.register('app5@example.com')
    for (let i = 0; i < 20; i++) expect((await create(access, { name: `a${i}` })).status).toBe(201)
    expect(wordOf(await create(access, { name: 'one more' }))).toBe('409 application_limit_reached')
  })
})
