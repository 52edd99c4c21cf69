import { createMemoryBroker, type MemoryBroker } from '@banyan/brokers/memory'
import type { BrokerSignInReply, BrokerSyncReply, BrokersReply } from '@banyan/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiCalls, bearer, createApiCalls, password, wordOf } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

let server: IdentityServer
let api: ApiCalls
let zerodha: MemoryBroker
beforeAll(async () => {
  zerodha = createMemoryBroker({ clock: { now: () => server.now() }, id: 'zerodha' })
  server = await startIdentityServer({ brokers: [zerodha] })
  api = createApiCalls(server)
})
afterAll(() => server.close())

let people = 0
async function arrive() {
  const { access } = await api.register(`broker${++people}@example.com`)
  const headers = bearer(access)
  const post = <T>(path: string, body: object = {}) => api.post<T>(`/api/brokers/${path}`, body, headers)
  const credentials = () => zerodha.signIn(`AB${people}`)
  return { access, headers, post, credentials }
}

describe('GET /api/brokers/zerodha/callback', () => {
  const callback = (query: string) =>
    fetch(`${server.url}/api/brokers/zerodha/callback${query}`, { redirect: 'manual' })

  it('sends the browser on at once, with a claim in place of the code, which no line of the log has', async () => {
    const { post } = await arrive()
    const begun = (await post<BrokerSignInReply>('zerodha/sign-in', { api_key: 'key' })).body
    const [, state] = /state=([\w-]+)/.exec(decodeURIComponent(begun.login_url)) ?? []
    const reply = await callback(`?request_token=the-code-0123456789&status=success&state=${state}`)
    expect([reply.status, reply.headers.get('cache-control'), reply.headers.get('referrer-policy')]).toEqual([
      303,
      'no-store',
      'no-referrer',
    ])
    expect(reply.headers.get('location')).toMatch(/^\/portfolio\/connect\/zerodha#claim=[\w-]{22}$/)
    expect(server.lines.join()).not.toContain('the-code-0123456789')
  })

  it.each([
    ['no_code', '?status=cancelled'],
    ['no_code', ''],
    ['not_begun', '?request_token=x&state=invented'],
    ['not_begun', '?request_token=x'],
  ])('says %s in the address for %j', async (problem, query) => {
    const reply = await callback(query)
    expect([reply.status, reply.headers.get('location')]).toEqual([
      303,
      `/portfolio/connect/zerodha#problem=${problem}`,
    ])
  })

  it('takes ICICI’s form across sites, and says when the broker is not available', async () => {
    const form = new URLSearchParams({ API_Session: 'x' })
    const origin = 'https://api.icicidirect.example'
    const init = { method: 'POST', body: form, headers: { origin }, redirect: 'manual' } as const
    const reply = await fetch(`${server.url}/api/brokers/icici/callback`, init)
    expect([reply.status, reply.headers.get('location')]).toEqual([
      303,
      '/portfolio/connect/icici#problem=not_available',
    ])
    const json = { ...init, body: '{}', headers: { 'content-type': 'application/json' } }
    expect((await fetch(`${server.url}/api/brokers/icici/callback`, json)).status).toBe(415)
  })
})

describe('sessions at brokers', () => {
  it('are opened with a code, kept for further syncs, shown on the board and ended', async () => {
    const { post, headers, credentials } = await arrive()
    const given = credentials()
    const body = {
      api_key: given.apiKey.reveal(),
      api_secret: given.apiSecret.reveal(),
      request_token: given.code.reveal(),
    }
    const connected = await post<BrokerSyncReply>('zerodha/connect', body)
    expect([connected.status, connected.body.broker]).toEqual([200, 'zerodha'])
    expect((await post('zerodha/sync')).status).toBe(200)
    const board = async () => (await api.get<BrokersReply>('/api/brokers', headers)).body.brokers
    expect((await board())[0]).toMatchObject({
      broker: 'zerodha',
      state: 'connected',
      broker_account: connected.body.broker_account,
      expires_at: expect.stringMatching(/\+05:30$/),
      last_success: connected.body.synced_at,
    })
    expect((await board()).at(-1)).toMatchObject({ broker: 'kotak', state: 'not_available', sign_in_url: null })
    const end = () => api.delete('/api/brokers/zerodha/connect', undefined, headers)
    expect([(await end()).status, wordOf(await end())]).toEqual([200, '404 not_found'])
    expect(wordOf(await post('zerodha/sync'))).toBe('409 broker_sign_in_required')
    const said = server.lines.join()
    for (const secret of Object.values(body)) expect(said).not.toContain(secret)
  })

  it('end with the account', async () => {
    const { post, headers, credentials } = await arrive()
    const { apiKey, apiSecret, code } = credentials()
    const before = zerodha.openSessions()
    await post('zerodha/connect', {
      api_key: apiKey.reveal(),
      api_secret: apiSecret.reveal(),
      request_token: code.reveal(),
    })
    expect(zerodha.openSessions()).toBe(before + 1)
    expect((await api.delete('/api/auth/me', { password }, headers)).status).toBe(200)
    expect(zerodha.openSessions()).toBe(before)
  })

  it('tell after a failed sync when and how it failed, in words of ours, until one is good', async () => {
    const { post, headers, credentials } = await arrive()
    const given = credentials()
    const body = { api_key: given.apiKey.reveal(), api_secret: given.apiSecret.reveal() }
    const lastFailure = async () =>
      (await api.get<BrokersReply>('/api/brokers', headers)).body.brokers.find(({ broker }) => broker === 'zerodha')
        ?.last_failure
    expect(await lastFailure()).toBeNull()
    zerodha.fail('open', 'echo') // a refusal that repeats every secret
    expect(wordOf(await post('zerodha/connect', { ...body, request_token: given.code.reveal() }))).toBe(
      '422 broker_rejected',
    )
    expect(await lastFailure()).toEqual({
      at: expect.stringMatching(/\+05:30$/),
      code: 'broker_rejected',
      message: 'The broker refused.',
    })
    zerodha.fail('open', null)
    const again = credentials()
    const good = { api_key: again.apiKey.reveal(), api_secret: again.apiSecret.reveal() }
    expect((await post('zerodha/connect', { ...good, request_token: again.code.reveal() })).status).toBe(200)
    expect(await lastFailure()).toBeNull()
  })

  it('name the broker in their failures, and what is missing or too much in a request', async () => {
    const { post } = await arrive()
    const spent = { api_key: 'k', api_secret: 's', request_token: 'invented' }
    const refused = await post<{ broker: string }>('zerodha/connect', spent)
    expect([wordOf(refused), refused.body.broker]).toEqual(['422 broker_rejected', 'zerodha'])
    expect(wordOf(await post('zerodha/connect', { api_key: 'k', api_secret: 's' }))).toBe('400 invalid_parameter')
    expect(wordOf(await post('zerodha/connect', { ...spent, claim: 'x' }))).toBe('400 invalid_parameter')
    expect(wordOf(await post('icici/connect', { api_key: 'k', api_secret: 's', api_session: 'x' }))).toBe(
      '503 provider_not_configured',
    )
    expect(wordOf(await post('nobody/sync'))).toBe('404 not_found')
  })
})
