import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userPath } from '../synapsewave/synapsewave-parts.ts'
import { type ApiCalls, type ApiReply, bearer, cookie, createApiCalls, password, wordOf } from './api-calls.ts'
import { type Credentials, collectCredentials } from './credential-kinds.ts'
import { type IdentityServer, startIdentityServer } from './identity-server.ts'

/** A place where a credential goes in. */
interface Entrance {
  /** Kinds that belong here. */
  readonly own: readonly string[]
  /** What a genuine signed token of another kind gets. */
  readonly signed: string
  /** What any other credential gets. */
  readonly opaque: string
  ask(text: string): Promise<ApiReply<unknown>>
}

const kotakPath = '/apim/session/1.0/session'

let server: IdentityServer
let api: ApiCalls
let mine: Credentials
let invitation = ''
beforeAll(async () => {
  server = await startIdentityServer({
    prepare({ fastify }) {
      const config = { credential: 'user', rateClass: 'api', scope: 'market:read' } as const
      fastify.get('/api/data', { config, handler: async () => ({ passed: true }) })
    },
  })
  api = createApiCalls(server)
  await server.identity.administration.create({ email: 'o@example.com', password, name: null, role: 'owner' })
  const owner = await api.login('o@example.com')
  invitation = (await api.post<{ token: string }>('/api/auth/invitations', {}, bearer(owner.body.access))).body.token
  mine = await collectCredentials(server, 'asha@example.com')
})
afterAll(() => server.close())

function entrances(): Readonly<Record<string, Entrance>> {
  const { clientCode, consumerKey, opaque } = mine
  const kotak = { ...bearer(opaque.bearer), consumerKey, userid: clientCode }
  const creds = { user_id: clientCode, api_key: consumerKey, source: 'WEBAPI' }
  const basic = (secret: string) => `Basic ${Buffer.from(`${consumerKey}:${secret}`).toString('base64')}`
  const every = (text: string) => ({ signed: text, opaque: text })
  const ofJwt = { signed: '401 wrong_token_kind', opaque: '401 invalid_token' }
  return {
    'Authorization under /api': {
      own: ['session', 'access'],
      ...ofJwt,
      ask: (text) => api.get('/api/auth/me', bearer(text)),
    },
    'the cookie': { own: ['session'], ...ofJwt, ask: (text) => api.get('/api/auth/me', cookie(text)) },
    'X-API-Key': {
      own: ['apiKey'],
      ...every('401 invalid_api_key'),
      ask: (text) => api.get('/api/data', { 'x-api-key': text }),
    },
    'api_key in the query': {
      own: ['apiKey'],
      ...every('401 invalid_api_key'),
      ask: (text) => api.get(`/api/data?api_key=${text}`),
    },
    refresh: { own: ['refresh'], ...ofJwt, ask: (text) => api.post('/api/auth/refresh', { refresh: text }) },
    'login/verify': {
      own: ['challenge'],
      ...ofJwt,
      ask: (text) => api.post('/api/auth/login/verify', { challenge: text, code: '000000' }),
    },
    'the challenge of a passkey': {
      own: ['challenge'],
      ...ofJwt,
      ask: (text) => api.post('/api/auth/login/passkey/options', { challenge: text }),
    },
    'the ticket of a passkey': {
      own: ['ticket'],
      ...every('401 challenge_expired'),
      ask: (text) => api.post('/api/auth/login/passkey', { ticket: text, response: { id: 'x' } }),
    },
    'the ticket of a new passkey': {
      own: ['newPasskeyTicket'],
      ...every('401 challenge_expired'),
      ask: (text) =>
        api.post(
          '/api/auth/factors/passkeys',
          { ticket: text, name: 'x', response: { id: 'x' } },
          bearer(mine.signed.access),
        ),
    },
    'password/reset': {
      own: ['reset'],
      ...every('400 invalid_reset_token'),
      ask: (text) => api.post('/api/auth/password/reset', { token: text, new_password: 'another horse 10' }),
    },
    'an invitation': {
      own: ['invitation'],
      ...every('400 invalid_invitation'),
      ask: (text) => api.post('/api/auth/register', { email: 'x@example.com', password, invitation: text }),
    },
    bootstrap: {
      own: [],
      ...every('403 invalid_bootstrap_token'),
      ask: (text) => api.post('/api/auth/bootstrap', { token: text, email: 'x@example.com', password }),
    },
    'a single sign-on token': {
      own: [],
      ...every('400 invalid_sso_token'),
      ask: (text) => api.post('/api/auth/factors/sso', { token: text, password }, bearer(mine.signed.access)),
    },
    'Authorization under /apim': {
      own: ['bearer'],
      ...every('401 900901'),
      ask: (text) => api.get(`${kotakPath}/init`, { ...kotak, ...bearer(text) }),
    },
    'the consumer secret': {
      own: ['consumerSecret'],
      ...every('401 900901'),
      ask: (text) => api.post('/apim/token', undefined, { authorization: basic(text) }),
    },
    oneTimeToken: {
      own: ['oneTimeToken'],
      ...every('401 100003'),
      ask: (text) =>
        api.post(`${kotakPath}/2FA/oneTimeToken`, { userid: clientCode }, { ...kotak, oneTimeToken: text }),
    },
    sessionToken: {
      own: ['kotakSession'],
      ...every('401 99999'),
      ask: (text) => api.delete(`${kotakPath}/logout`, undefined, { ...kotak, sessionToken: text }),
    },
    'Authorization under /interactive': {
      own: ['interactive'],
      ...every('401 e-35'),
      ask: (text) => api.send('PUT', `${userPath}/session`, { headers: bearer(text) }),
    },
    register_token: {
      own: ['register'],
      ...every('400 e-24'),
      ask: (text) =>
        api.post(`${userPath}/session`, {
          ...creds,
          login_type: 'TOKEN',
          password: text,
          second_auth_type: 'TOTP',
          second_auth: '000000',
        }),
    },
    'the OTP token': {
      own: ['code'],
      ...every('400 e-39'),
      ask: (text) =>
        api.send('PUT', `${userPath}/password/reset`, {
          body: { ...creds, new_password: 'another horse 10', otp: text },
        }),
    },
  }
}

describe('J4: no credential stands in for another', () => {
  it('at any entrance', async () => {
    const { signed, opaque } = mine
    const kinds = [
      ...Object.entries(signed).map(([kind, text]) => ({ kind, text, isSigned: true })),
      ...Object.entries({ ...opaque, invitation }).map(([kind, text]) => ({ kind, text, isSigned: false })),
    ]
    expect(kinds.every(({ text }) => text.length >= 22)).toBe(true)
    const wrong: string[] = []
    let asked = 0
    for (const [where, entrance] of Object.entries(entrances()))
      for (const { kind, text, isSigned } of kinds) {
        if (entrance.own.includes(kind)) continue
        const expected = isSigned ? entrance.signed : entrance.opaque
        const seen = wordOf(await entrance.ask(text))
        asked += 1
        if (seen !== expected) wrong.push(`${kind} at ${where}: ${seen}, not ${expected}`)
      }
    expect(wrong).toEqual([])
    expect(asked).toBeGreaterThan(300)
  })

  it('and each is as good afterwards as before', async () => {
    const { signed, opaque, clientCode, consumerKey } = mine
    const at = entrances()
    const status = async (where: string, text: string) => (await at[where]?.ask(text))?.status
    expect(await status('Authorization under /api', signed.access)).toBe(200)
    expect(await status('the cookie', signed.session)).toBe(200)
    expect(await status('X-API-Key', opaque.apiKey)).toBe(200)
    expect(await status('refresh', signed.refresh)).toBe(200)
    expect(await status('the challenge of a passkey', signed.challenge)).toBe(200)
    expect(await status('Authorization under /apim', opaque.bearer)).toBe(200)
    expect(await status('Authorization under /interactive', signed.interactive)).toBe(200)
    const verified = await api.post('/api/auth/login/verify', { challenge: signed.challenge, code: mine.code() })
    expect(verified.status).toBe(200)
    const login = { user_id: clientCode, api_key: consumerKey, source: 'WEBAPI', login_type: 'TOKEN' }
    const second = { password: signed.register, second_auth_type: 'TOTP', second_auth: mine.code() }
    expect((await api.post(`${userPath}/session`, { ...login, ...second })).status).toBe(200)
    expect(await status('sessionToken', opaque.kotakSession)).toBe(200)
    expect(await status('an invitation', invitation)).toBe(201)
    expect(await status('password/reset', opaque.reset)).toBe(200)
  })
})
