import type {
  FactorsReply,
  JournalDraftsReply,
  JournalEntry,
  JournalReply,
  NewApplicationReply,
  NewKeyReply,
  Passkey,
  PasskeyOptions,
  SsoLink,
  Watchlist,
  WatchlistsReply,
} from '@banyan/contracts'
import { formatIst, istDate } from '@banyan/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Scope, scopes } from '../../modules/identity/index.ts'
import { testOrigin } from '../../modules/identity/testing/identity-core.ts'
import { dayPositionOf } from '../../modules/journal/testing/day-trades.suite.ts'
import { createDayTradesInMemory } from '../../modules/journal/testing/day-trades-in-memory.ts'
import { audience, startSsoIssuer } from '../synapsewave/testing/sso-issuer.ts'
import { type ApiCalls, type ApiReply, bearer, cookie, createApiCalls, password, wordOf } from './api-calls.ts'
import { type Credentials, collectCredentials } from './credential-kinds.ts'
import { type IdentityServer, startIdentityServer } from './identity-server.ts'
import { addMarketRoutes } from './market-routes.ts'
import { type Rule, rules, type Thing } from './route-rules.ts'
import { createAuthenticator } from './software-authenticator.ts'

interface World {
  readonly server: IdentityServer
  readonly api: ApiCalls
  /** Of an account whose credentials ended with time. */
  readonly expired: Credentials & { readonly key: string }
  /** Of an account whose sessions and key were revoked, and whose application is off. */
  readonly revoked: Credentials
  readonly live: Credentials
  /** Has every scope. */
  readonly key: string
  /** Have every scope but the one they are named by. */
  readonly keyWithout: Readonly<Record<Scope, string>>
  readonly otherConsumerKey: string
  /** Access tokens by role. */
  readonly byRole: Readonly<Record<'owner' | 'member' | 'read-only', string>>
  readonly things: Readonly<Record<Thing, string>>
  close(): Promise<void>
}

let world: World
beforeAll(async () => {
  world = await startWorld()
}, 120_000)
afterAll(() => world.close())

const routes = () =>
  world.server.app.routes().flatMap(({ method, url, ...declared }) => {
    const rule = rules[`${method} ${url}`]
    return method === 'HEAD' || rule === undefined ? [] : [{ method, url, declared, rule }]
  })
const routesOf = (credential: Rule['credential']) => routes().filter(({ rule }) => rule.credential === credential)

describe('the table', () => {
  it('has a line for every route and a route for every line, and says what the route declares', () => {
    const listed = world.server.app.routes().filter(({ method }) => method !== 'HEAD')
    const names = listed.map(({ method, url }) => `${method} ${url}`)
    expect(names.sort()).toEqual(Object.keys(rules).sort())
    for (const { method, url, declared, rule } of routes()) {
      const { credential, scope = null, leastRole = null } = rule
      expect([method, url, declared]).toEqual([method, url, expect.objectContaining({ credential, scope, leastRole })])
      expect(url.includes(':id') === (rule.thing !== undefined)).toBe(true)
    }
  })

  it('holds for HEAD as for GET', () => {
    const declared = world.server.app.routes()
    for (const { method: _head, url, ...head } of declared.filter(({ method }) => method === 'HEAD')) {
      const path = url.replace(/(.)\/$/, '$1')
      const get = declared.find((route) => route.method === 'GET' && route.url === path)
      expect({ method: 'GET', url: path, ...head }).toEqual(get)
    }
  })

  it('lets nobody in without a credential but to the reviewed routes', () => {
    const names = routesOf('none').map(({ method, url, declared }) => `${method} ${url} ${declared.rateClass}`)
    expect(names.sort()).toEqual([
      'GET / none',
      'GET /.well-known/jwks.json api',
      'GET /api/analysis/:symbol(^[^]+$) analysis',
      'GET /api/brokers/icici/callback api',
      'GET /api/brokers/zerodha/callback api',
      'GET /api/candles/:instrument(^[^]+$) candles',
      'GET /api/health api',
      'GET /api/index/snapshot api',
      'GET /api/instruments api',
      'GET /api/market-map api',
      'GET /api/movers api',
      'GET /api/outbox api',
      'GET /api/patterns analysis',
      'GET /api/patterns/:symbol(^[^]+$) analysis',
      'GET /api/patterns/:symbol(^[^]+$)/matches matches',
      'GET /api/quotes quotes',
      'GET /api/signals analysis',
      'GET /docs none',
      'GET /docs/json none',
      'GET /docs/static/* none',
      'GET /docs/static/index.html none',
      'GET /docs/static/swagger-initializer.js none',
      'GET /docs/yaml none',
      'GET /livez none',
      'GET /openapi.json none',
      'GET /readyz none',
      'POST /api/auth/bootstrap register',
      'POST /api/auth/login api',
      'POST /api/auth/login/passkey api',
      'POST /api/auth/login/passkey/options api',
      'POST /api/auth/login/verify api',
      'POST /api/auth/password/forgot forgot',
      'POST /api/auth/password/reset api',
      'POST /api/auth/refresh api',
      'POST /api/auth/register register',
      'POST /api/brokers/icici/callback api',
    ])
  })
})

type Headers = Record<string, string>

/** What a caller without the right gets, by how it is wrong. */
function refusals(): Readonly<Record<string, readonly (readonly [string, Headers, string])[]>> {
  const { expired, revoked, live, key, otherConsumerKey } = world
  const kotak = (of: Credentials, token: string, consumerKey = of.consumerKey) => ({ ...bearer(token), consumerKey })
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
  const kinds = (of: Record<string, string>) => Object.entries(of)
  const ended: readonly (readonly [string, Headers, string])[] = [
    ['an expired access token', bearer(expired.signed.access), '401 token_expired'],
    ['an expired session token', bearer(expired.signed.session), '401 token_expired'],
    ['an expired cookie', cookie(expired.signed.session), '401 token_expired'],
    ['a revoked access token', bearer(revoked.signed.access), '401 session_revoked'],
    ['a revoked cookie', cookie(revoked.signed.session), '401 session_revoked'],
    ['an expired key', { 'x-api-key': expired.key }, '401 api_key_expired'],
    ['a revoked key', { 'x-api-key': revoked.opaque.apiKey }, '401 invalid_api_key'],
    ['an unknown key', { 'x-api-key': `bny_${'0'.repeat(32)}` }, '401 invalid_api_key'],
    ['two credentials', { ...bearer(live.signed.access), 'x-api-key': key }, '400 multiple_credentials'],
    ['an access token as cookie', cookie(live.signed.access), '401 wrong_token_kind'],
    ...kinds(live.signed)
      .filter(([kind]) => kind !== 'session' && kind !== 'access')
      .map(([kind, text]) => [`a token of kind ${kind}`, bearer(text), '401 wrong_token_kind'] as const),
    ...kinds(live.opaque).map(([kind, text]) => [`${kind} as bearer`, bearer(text), '401 invalid_token'] as const),
  ]
  return {
    user: [['no credential', {}, '401 missing_credentials'], ...ended],
    visitor: ended,
    signOut: [
      ['a key', { 'x-api-key': key }, '403 api_key_not_allowed'],
      ['an expired key', { 'x-api-key': expired.key }, '401 api_key_expired'],
      ['two credentials', { ...bearer(live.signed.access), 'x-api-key': key }, '400 multiple_credentials'],
      ['a refresh token', bearer(live.signed.refresh), '401 wrong_token_kind'],
      [
        'the cookie of another site',
        { ...cookie(live.signed.session), origin: 'https://evil.example' },
        '403 cross_site_request',
      ],
    ],
    kotakBearer: [
      ['no credential', {}, '401 900901'],
      ['a bearer without its key', bearer(live.opaque.bearer), '401 900901'],
      ['a key without a bearer', { consumerKey: live.consumerKey }, '401 900901'],
      ['the key of another account', kotak(live, live.opaque.bearer, otherConsumerKey), '401 900901'],
      ['an expired bearer', kotak(expired, expired.opaque.bearer), '401 900901'],
      ['the bearer of an application that is off', kotak(revoked, revoked.opaque.bearer), '401 900901'],
      ...kinds({ ...live.signed, ...live.opaque })
        .filter(([kind]) => kind !== 'bearer')
        .map(([kind, text]) => [`${kind} as bearer`, kotak(live, text), '401 900901'] as const),
    ],
    kotakSecret: [
      ['no credential', {}, '401 900901'],
      ['a wrong secret', basic(`${live.consumerKey}:x`), '401 900901'],
      ['the secret of another account', basic(`${otherConsumerKey}:${live.opaque.consumerSecret}`), '401 900901'],
      [
        'the secret of an application that is off',
        basic(`${revoked.consumerKey}:${revoked.opaque.consumerSecret}`),
        '401 900901',
      ],
      ...kinds({ ...live.signed, ...live.opaque })
        .filter(([kind]) => kind !== 'consumerSecret')
        .map(([kind, text]) => [`${kind} as secret`, basic(`${live.consumerKey}:${text}`), '401 900901'] as const),
    ],
    'synapsewave-key': [
      ['an unknown key', { 'x-api-key': 'x' }, '403 e-31'],
      ['an API key of ours', { 'x-api-key': key }, '403 e-31'],
      ['the key of an application that is off', { 'x-api-key': revoked.consumerKey }, '403 e-31'],
      ['no key anywhere', {}, '400 e-20'],
    ],
    'synapsewave-session': [
      ['no credential', {}, '401 e-33'],
      ['a key alone', { 'x-api-key': live.consumerKey }, '401 e-33'],
      ['an expired session', bearer(expired.signed.interactive), '401 e-34'],
      ['a revoked session', bearer(revoked.signed.interactive), '401 e-35'],
      ['the key of another account', { ...bearer(live.signed.interactive), 'x-api-key': otherConsumerKey }, '403 e-32'],
      ...kinds({ ...live.signed, ...live.opaque })
        .filter(([kind]) => kind !== 'interactive')
        .map(([kind, text]) => [`${kind} as bearer`, bearer(text), '401 e-35'] as const),
    ],
  }
}

describe('every route that asks for a credential', () => {
  it('refuses whoever has none, an ended one, or one of another kind', async () => {
    const wrong: string[] = []
    let asked = 0
    for (const [credential, cases] of Object.entries(refusals()))
      for (const { method, url } of routesOf(credential as Rule['credential']))
        for (const [what, headers, expected] of cases) {
          const seen = wordOf(await ask(method, url, { headers }))
          asked += 1
          if (seen !== expected) wrong.push(`${method} ${url} with ${what}: ${seen}, not ${expected}`)
        }
    expect(wrong).toEqual([])
    expect(asked).toBeGreaterThan(900)
  }, 120_000)

  it('takes an API key only where it names a scope that the key has', async () => {
    const wrong: string[] = []
    for (const { method, url, rule } of [...routesOf('user'), ...routesOf('visitor')]) {
      const lacking = rule.scope === undefined ? world.key : world.keyWithout[rule.scope]
      const expected = rule.scope === undefined ? '403 api_key_not_allowed' : '403 insufficient_scope'
      const seen = [
        wordOf(await ask(method, url, { headers: { 'x-api-key': lacking } })),
        wordOf(await ask(method, url, { query: `?api_key=${lacking}` })),
      ]
      if (seen.some((word) => word !== expected)) wrong.push(`${method} ${url}: ${seen.join()}, not ${expected}`)
      if (rule.scope === undefined) continue
      const held = wordOf(await ask(method, url, { headers: { 'x-api-key': world.key } }))
      if (/^(401|403)/.test(held)) wrong.push(`${method} ${url} with the scope: ${held}`)
    }
    expect(wrong).toEqual([])
  })

  it('lets in the least role it names and those above, and nobody below', async () => {
    const rank = ['read-only', 'member', 'owner'] as const
    const wrong: string[] = []
    for (const { method, url, rule } of [...routesOf('user'), ...routesOf('visitor')])
      for (const role of rank) {
        // Calls without a body reach the handler, which asks for it; those that need none do what they do to an account of this test.
        const seen = wordOf(await ask(method, url, { headers: bearer(world.byRole[role]) }))
        const isRefused = rank.indexOf(role) < rank.indexOf(rule.leastRole ?? 'read-only')
        const isRight = isRefused ? seen === '403 insufficient_role' : !/^(401|403)/.test(seen)
        if (!isRight) wrong.push(`${method} ${url} as ${role}: ${seen}`)
      }
    expect(wrong).toEqual([])
  })

  it('A1: tells a thing of another account from none at all in no way, and leaves it alone', async () => {
    const wrong: string[] = []
    for (const { method, url, rule } of routesOf('user')) {
      if (rule.thing === undefined) continue
      const headers = bearer(world.byRole.owner)
      const sent = { headers, ...(rule.body && { body: rule.body }) }
      const theirs = world.things[rule.thing]
      const [foreign, random] = [
        await ask(method, url, { ...sent, id: theirs }),
        await ask(method, url, { ...sent, id: `${theirs.slice(0, 4)}0000000000000000` }),
      ]
      const seen = [foreign, random].map(
        ({ status, text, body }) =>
          `${status} ${text.replace(String((body as { request_id?: string }).request_id), '')}`,
      )
      if (foreign.status !== 404 || seen[0] !== seen[1]) wrong.push(`${method} ${url}: ${seen.join(' | ')}`)
    }
    expect(wrong).toEqual([])
    expect(await thingsLeft()).toEqual(world.things)
  })
})

describe('every route that asks for none', () => {
  it('answers the same whatever credentials come along', async () => {
    const { live, key } = world
    const strange = { ...bearer('x'), 'x-api-key': key, ...cookie(live.signed.refresh), consumerKey: 'x' }
    const wrong: string[] = []
    for (const { method, url } of routesOf('none')) {
      const [plain, loaded] = [
        wordOf(await ask(method, url, {})),
        wordOf(await ask(method, url, { headers: strange, query: `?api_key=${key}&api_key=x` })),
      ]
      if (plain !== loaded || /^(401|403|5)/.test(plain)) wrong.push(`${method} ${url}: ${plain}, ${loaded}`)
    }
    expect(wrong).toEqual([])
  })
})

/** Calls a route by its pattern. The body of a call is left out unless given: what is asked here is decided before it is read. */
async function ask(
  method: string,
  url: string,
  {
    headers = {},
    query = '',
    id: given = 'x',
    body,
  }: { headers?: Headers; query?: string; id?: string; body?: object },
): Promise<ApiReply<unknown>> {
  const path = url.replace(/:\w+(\([^)]*\))?/, given).replace('*', 'index.css')
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  const init = { method, headers: { ...type, ...headers }, ...(body && { body: JSON.stringify(body) }) }
  const reply = await fetch(world.server.url + path + query, { ...init, redirect: 'manual' })
  const text = await reply.text()
  const isJson = reply.headers.get('content-type')?.startsWith('application/json') === true
  return { status: reply.status, headers: reply.headers, text, body: isJson ? JSON.parse(text) : {}, cookies: [] }
}

async function thingsLeft(): Promise<Readonly<Record<Thing, string | undefined>>> {
  const { api, live } = world
  const get = async <T>(path: string) => (await api.get<T>(path, bearer(live.signed.access))).body
  const factors = await get<FactorsReply>('/api/auth/factors')
  const { applications } = await get<{ applications: { id: string; enabled: boolean }[] }>('/api/applications')
  const { keys } = await get<{ keys: { id: string }[] }>('/api/keys')
  const { sessions } = await get<{ sessions: { id: string; current: boolean }[] }>('/api/auth/sessions')
  const { watchlists } = await get<WatchlistsReply>('/api/watchlists')
  const { entries } = await get<JournalReply>('/api/journal')
  const { drafts } = await get<JournalDraftsReply>('/api/journal/drafts')
  return {
    session: sessions.find(({ current }) => current)?.id,
    key: keys.find(({ id: key }) => key === world.things.key)?.id,
    application: applications.find(({ enabled }) => enabled)?.id,
    device: factors.devices[0]?.id,
    passkey: factors.passkeys[0]?.id,
    sso: factors.sso_links[0]?.id,
    watchlist: watchlists.find(({ name }) => name === 'thing')?.id,
    entry: entries[0]?.id,
    draft: drafts[0]?.id,
  }
}

async function startWorld(): Promise<World> {
  const issuer = await startSsoIssuer()
  const { issuer: name, jwksUri } = issuer
  const trusted = { issuer: name, audience, jwksUri, algorithms: ['ES256'], userClaim: 'ucc' } as const
  const { dayTrades, put: putTrades } = createDayTradesInMemory()
  const server = await startIdentityServer({
    prepare: addMarketRoutes,
    identity: { ssoIssuers: [trusted] },
    journal: { dayTrades },
  })
  const api = createApiCalls(server)
  const expired = await collectCredentials(server, 'expired@example.com')
  const ending = { name: 'k', expires_at: formatIst(server.now() + 1_000) }
  const ended = await api.post<NewKeyReply>('/api/keys', ending, bearer(expired.signed.access))
  server.turn(31 * 86_400_000)
  const revoked = await collectCredentials(server, 'revoked@example.com')
  await revokeAll(api, revoked)
  const other = await server.addApplication(await server.addAccount('other@example.com'))
  const live = await collectCredentials(server, 'live@example.com')
  const { accountId } = await server.identity.credentials.checkToken(live.signed.access, ['access'])
  await putTrades(accountId, istDate(server.now()), [dayPositionOf()])
  const things = await addThings(server, api, live, issuer)
  const keyWithout = { 'market:read': '', 'portfolio:read': '', 'journal:read': '' }
  for (const scope of scopes) {
    const body = { name: 'k', scopes: scopes.filter((one) => one !== scope) }
    keyWithout[scope] = (await api.post<NewKeyReply>('/api/keys', body, bearer(live.signed.access))).body.key
  }
  const byRole = { owner: '', member: '', 'read-only': '' }
  for (const role of ['owner', 'member', 'read-only'] as const) {
    const email = `${role}@example.com`
    await server.identity.administration.create({ email, password, name: null, role })
    byRole[role] = (await api.login(email)).body.access
  }
  return {
    server,
    api,
    expired: { ...expired, key: ended.body.key },
    revoked,
    live,
    key: live.opaque.apiKey,
    keyWithout,
    otherConsumerKey: other.consumerKey,
    byRole,
    things,
    async close() {
      await server.close()
      await issuer.close()
    },
  }
}

/** Ends everything an account has, by the routes its owner would use. */
async function revokeAll(api: ApiCalls, { signed, opaque }: Credentials): Promise<void> {
  const headers = bearer(signed.access)
  const { applications } = (await api.get<{ applications: { id: string }[] }>('/api/applications', headers)).body
  const { keys } = (await api.get<{ keys: { id: string; prefix: string }[] }>('/api/keys', headers)).body
  const replies = [
    ...(await Promise.all(
      applications.map(({ id: one }) => api.patch(`/api/applications/${one}`, { enabled: false }, headers)),
    )),
    ...(await Promise.all(keys.map(({ id: one }) => api.delete(`/api/keys/${one}`, undefined, headers)))),
    await api.delete('/api/auth/sessions', undefined, headers),
    await api.post('/api/auth/logout', undefined, headers),
  ]
  const failed = replies.filter(({ status }) => status !== 200)
  if (failed.length > 0 || opaque.apiKey === '') throw new Error(failed.map(({ text }) => text).join())
}

/** Gives the account one thing of each kind. */
async function addThings(
  server: IdentityServer,
  api: ApiCalls,
  { signed }: Credentials,
  issuer: Awaited<ReturnType<typeof startSsoIssuer>>,
): Promise<World['things']> {
  const headers = bearer(signed.access)
  const post = async <T>(path: string, body: object) => (await api.post<T>(path, body, headers)).body
  const caller = await server.identity.credentials.checkToken(signed.access, ['access'])
  await server.identity.factors.setMpin(caller, { mpin: '482910', udid: 'A1B2C3D4E5F6' }, testOrigin)
  const { devices } = (await api.get<FactorsReply>('/api/auth/factors', headers)).body
  const made = await post<PasskeyOptions>('/api/auth/factors/passkeys/options', { password })
  const response = createAuthenticator('http://localhost:8080').create(made.options)
  const passkey = await post<Passkey>('/api/auth/factors/passkeys', { ticket: made.ticket, name: 'Laptop', response })
  const trade = { symbol: 'TCS', side: 'buy', quantity: 1, price: 1, opened_at: formatIst(server.now()) }
  const iat = Math.floor(server.now() / 1000)
  const token = await issuer.signed({ sub: 's', jti: 'j', iat, exp: iat + 300, ucc: 'ANY123' })
  const link = await post<SsoLink>('/api/auth/factors/sso', { token, password })
  const { applications } = (await api.get<{ applications: NewApplicationReply[] }>('/api/applications', headers)).body
  return {
    session: caller.sessionId,
    key: (await post<NewKeyReply>('/api/keys', { name: 'thing' })).id,
    application: applications[0]?.id ?? '',
    device: devices[0]?.id ?? '',
    passkey: passkey.id,
    sso: link.id,
    watchlist: (await post<Watchlist>('/api/watchlists', { name: 'thing' })).id,
    entry: (await post<JournalEntry>('/api/journal', trade)).id,
    draft: (await api.get<JournalDraftsReply>('/api/journal/drafts', headers)).body.drafts[0]?.id ?? '',
  }
}
