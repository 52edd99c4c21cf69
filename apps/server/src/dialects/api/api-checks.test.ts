import type { ErrorBody, LoginReply, NewKeyReply } from '@banyan/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readReply, sendRaw } from '../../infra/http/testing/raw-socket.ts'
import { type ApiCalls, bearer, cookie, createApiCalls, wordOf } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

const listed = 'https://app.example'
const evil = 'https://evil.example'

let server: IdentityServer
let api: ApiCalls
let signedIn: LoginReply
beforeAll(async () => {
  server = await startIdentityServer({
    parts: { corsOrigins: [listed] },
    prepare({ fastify }) {
      const config = { credential: 'user', rateClass: 'api' } as const
      const echo = async () => ({ passed: true })
      fastify.get('/api/data', { config: { ...config, scope: 'market:read' } }, echo)
      fastify.get('/api/books', { config: { ...config, scope: 'portfolio:read' } }, echo)
      fastify.route({ method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url: '/api/mine', config, handler: echo })
    },
  })
  api = createApiCalls(server)
  signedIn = await api.register('asha@example.com')
})
afterAll(() => server.close())

async function newKey(body: object = {}): Promise<NewKeyReply> {
  return (await api.post<NewKeyReply>('/api/keys', { name: 'Script', ...body }, bearer(signedIn.access))).body
}

describe('credentials', () => {
  it('CR-1: come as Bearer or JWT, in any case, both kinds of token', async () => {
    for (const token of [signedIn.access_token, signedIn.access])
      for (const scheme of ['Bearer', 'JWT', 'bearer', 'jWt'])
        expect((await api.get('/api/auth/me', { authorization: `${scheme} ${token}` })).status).toBe(200)
  })

  it('CR-2: of the wrong kind are wrong_token_kind', async () => {
    const replies = [
      await api.get('/api/auth/me', bearer(signedIn.refresh)),
      await api.get('/api/auth/me', cookie(signedIn.access)),
      await api.get('/api/auth/me', cookie(signedIn.refresh)),
      await api.post('/api/auth/refresh', { refresh: signedIn.access }),
      await api.post('/api/auth/refresh', { refresh: signedIn.access_token }),
      await api.post('/api/auth/login/verify', { challenge: signedIn.access, code: '123456' }),
    ]
    expect(replies.map(wordOf)).toEqual(replies.map(() => '401 wrong_token_kind'))
    for (const { headers } of replies) expect(headers.get('www-authenticate')).toBe('Bearer')
  })

  it('CR-3, CD-2: of which there are two are refused, equal or not, whatever they are', async () => {
    const { key } = await newKey()
    const token = bearer(signedIn.access)
    for (const [path, headers] of [
      [`/api/data?api_key=${key}`, token],
      [`/api/data?api_key=${key}&api_key=${key}`, {}],
      ['/api/data?api_key=a&api_key=a', {}],
      [`/api/data?api_key=${key}`, { 'x-api-key': key }],
      ['/api/data', { ...token, 'x-api-key': key }],
      ['/api/data?api_key=', token],
      [`/api/auth/me?api%5Fkey=${key}`, token],
    ] as const)
      expect([path, wordOf(await api.get(path, headers))]).toEqual([path, '400 multiple_credentials'])
    const line = `Authorization: Bearer ${signedIn.access}\r\n`
    const twice = `GET /api/auth/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${line}${line}\r\n`
    expect(readReply(await sendRaw(server.port, twice)).body['code']).toBe('multiple_credentials')
    const keys = `GET /api/data HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-API-Key: ${key}\r\nx-api-key: ${key}\r\n\r\n`
    expect(readReply(await sendRaw(server.port, keys)).body['code']).toBe('multiple_credentials')
  })

  it('CR-4: in a header count and the cookie beside them does not, good or bad', async () => {
    const bad = { ...bearer('not.a.token'), ...cookie(signedIn.access_token) }
    expect(wordOf(await api.get('/api/auth/me', bad))).toBe('401 invalid_token')
    const good = { ...bearer(signedIn.access), ...cookie('not.a.token') }
    expect((await api.get('/api/auth/me', good)).status).toBe(200)
    const { key } = await newKey()
    expect((await api.get('/api/data', { 'x-api-key': key, ...cookie('x') })).status).toBe(200)
  })

  it('CR-6: that are not what they seem are invalid_token', async () => {
    const [head = '', payload = '', signature = ''] = signedIn.access.split('.')
    const swapped = signature.startsWith('A') ? 'B' : 'A'
    const headOf = (header: object) => Buffer.from(JSON.stringify(header)).toString('base64url')
    for (const text of [
      `${headOf({ alg: 'none' })}.${payload}.`,
      `${headOf({ alg: 'NoNe', typ: 'JWT' })}.${payload}.${signature}`,
      `${headOf({ alg: 'HS256', typ: 'JWT' })}.${payload}.${signature}`,
      `${head}.${payload}.${swapped}${signature.slice(1)}`,
      `${head}.${payload}`,
      `${head}.${payload}.${signature}.x.y`,
      'x'.repeat(5_000),
    ])
      expect(wordOf(await api.get('/api/auth/me', bearer(text)))).toBe('401 invalid_token')
    for (const authorization of ['Basic YTpi', signedIn.access, 'Bearer', 'Bearer ', `Token ${signedIn.access}`, ''])
      expect([authorization, wordOf(await api.get('/api/auth/me', { authorization }))]).toEqual([
        authorization,
        '401 invalid_token',
      ])
  })

  it('CD-1: open a data route alone: key in query or header, JWT, Bearer, cookie', async () => {
    const { key } = await newKey()
    const ways: readonly (readonly [string, Record<string, string>])[] = [
      [`/api/data?api_key=${key}`, {}],
      ['/api/data', { 'x-api-key': key }],
      ['/api/data', { authorization: `JWT ${signedIn.access}` }],
      ['/api/data', bearer(signedIn.access_token)],
      ['/api/data', cookie(signedIn.access_token)],
    ]
    for (const [path, headers] of ways) expect((await api.get(path, headers)).status).toBe(200)
  })

  it('CD-3: are missed on a protected route, and never taken from the address', async () => {
    for (const path of ['/api/data', '/api/auth/me', `/api/data?access_token=${signedIn.access}`, `/api/data?token=x`])
      expect(wordOf(await api.get(path))).toBe('401 missing_credentials')
    expect(wordOf(await api.get('/api/auth/me', cookie('')))).toBe('401 missing_credentials')
  })

  it('K2: that are keys only open what their scopes name, and nothing of the account', async () => {
    const { key } = await newKey({ scopes: ['market:read'] })
    const headers = { 'x-api-key': key }
    expect(wordOf(await api.get('/api/books', headers))).toBe('403 insufficient_scope')
    expect(wordOf(await api.get('/api/auth/me', headers))).toBe('403 api_key_not_allowed')
    expect(wordOf(await api.post('/api/keys', { name: 'x' }, headers))).toBe('403 api_key_not_allowed')
    for (const unknown of ['', 'bny_', `${key}x`, signedIn.access])
      expect(wordOf(await api.get('/api/data', { 'x-api-key': unknown }))).toBe('401 invalid_api_key')
    expect(wordOf(await api.get('/api/data?api_key='))).toBe('401 invalid_api_key')
    expect(wordOf(await api.get('/api/auth/me?api_key=x'))).toBe('401 invalid_api_key')
    expect(wordOf(await api.get('/api/data', bearer(key)))).toBe('401 invalid_token')
  })

  it('are not even read where none is asked for', async () => {
    const headers = { ...bearer('x'), 'x-api-key': 'y', ...cookie('z') }
    expect((await api.login('asha@example.com', undefined, headers)).status).toBe(200)
    const { key } = await newKey()
    expect((await api.post('/api/auth/login?api_key=a&api_key=b', {}, { 'x-api-key': key })).body.code).toBe(
      'invalid_parameter',
    )
  })

  it('CR-7: are not needed to hear of a missing route or method', async () => {
    expect(wordOf(await api.get('/api/nope'))).toBe('404 not_found')
    for (const [method, path, allow] of [
      ['PUT', '/api/auth/me', 'DELETE, GET, HEAD, PATCH'],
      ['GET', '/api/auth/login', 'POST'],
      ['POST', '/api/keys/key_x', 'DELETE'],
    ] as const) {
      const reply = await api.send(method, path)
      expect([wordOf(reply), reply.headers.get('allow')]).toEqual(['405 method_not_allowed', allow])
    }
    for (const path of [
      '/api/keys/',
      '/api/auth/sessions/',
      '/api/auth/me/',
      '/API/auth/me',
      '/api/applications//tokens',
    ])
      expect([path, wordOf(await api.get(path))]).toEqual([path, '404 not_found'])
  })

  it('are checked before the body is read', async () => {
    const text = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }
    expect((await fetch(`${server.url}/api/keys`, text)).status).toBe(401)
    const known = { ...text, headers: { ...text.headers, ...bearer(signedIn.access) } }
    expect((await fetch(`${server.url}/api/keys`, known)).status).toBe(415)
  })

  it('CD-5: end with their time, 5 seconds late at most', async () => {
    const fresh = (await api.login('asha@example.com')).body
    server.turn(3_600_000 + 4_000)
    expect((await api.get('/api/auth/me', bearer(fresh.access))).status).toBe(200)
    server.turn(2_000)
    expect(wordOf(await api.get('/api/auth/me', bearer(fresh.access)))).toBe('401 token_expired')
    expect((await api.get('/api/auth/me', { ...bearer(fresh.access_token), ...cookie(fresh.access) })).status).toBe(200)
    signedIn = (await api.login('asha@example.com')).body
  })
})

describe('a cookie', () => {
  const origins = (): readonly (readonly [string, Record<string, string>, boolean])[] => [
    ['our own origin', { origin: server.url }, true],
    ['no origin, same-origin by the browser', { 'sec-fetch-site': 'same-origin' }, true],
    ['no origin at all', {}, false],
    ['no origin, same-site', { 'sec-fetch-site': 'same-site' }, false],
    ['another site', { origin: evil }, false],
    ['another site that says same-origin', { origin: evil, 'sec-fetch-site': 'same-origin' }, false],
    ['a listed origin', { origin: listed }, false],
    ['the origin null', { origin: 'null' }, false],
    ['another port', { origin: 'http://127.0.0.1:1' }, false],
    ['another scheme', { origin: server.url.replace('http', 'https') }, false],
    ['our name inside another', { origin: `${server.url}.evil.example` }, false],
  ]

  it('CR-5, C2: changes something only for a page of our own', async () => {
    for (const [what, headers, isOurs] of origins())
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const reply = await api.send(method, '/api/mine', { headers: { ...cookie(signedIn.access_token), ...headers } })
        expect([method, what, wordOf(reply)]).toEqual([method, what, isOurs ? '200' : '403 cross_site_request'])
      }
  })

  it('reads for any page, and a header credential needs no origin', async () => {
    for (const [, headers] of origins()) {
      expect((await api.get('/api/mine', { ...cookie(signedIn.access_token), ...headers })).status).toBe(200)
      expect((await api.post('/api/mine', {}, { ...bearer(signedIn.access), ...headers })).status).toBe(200)
    }
  })

  it('that is over is 401 before its origin is looked at', async () => {
    const { body } = await api.login('asha@example.com')
    await api.post('/api/auth/logout', undefined, bearer(body.access))
    const reply = await api.post('/api/mine', {}, { ...cookie(body.access_token), origin: evil })
    expect(wordOf(reply)).toBe('401 session_revoked')
  })

  it('needs a JSON body as well', async () => {
    const headers = { ...cookie(signedIn.access_token), origin: server.url, 'content-type': 'text/plain' }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const init = { method: 'POST', headers: { ...headers, 'content-type': type }, body: 'name=x' }
      expect((await fetch(`${server.url}/api/keys`, init)).status).toBe(415)
    }
  })
})

describe('signing in', () => {
  const signIns: readonly (readonly [string, () => Promise<object>])[] = [
    ['/api/auth/register', async () => ({ email: `n${Math.random()}@example.com`, password: 'correct horse 9' })],
    ['/api/auth/login', async () => ({ email: 'asha@example.com', password: 'correct horse 9' })],
    ['/api/auth/refresh', async () => ({ refresh: (await api.login('asha@example.com')).body.refresh })],
  ]

  it.each(signIns)(
    '%s gives our own pages and programs cookies, listed pages the body alone, others nothing',
    async (path, body) => {
      for (const headers of [{}, { origin: server.url }] as Record<string, string>[]) {
        const reply = await api.post<LoginReply>(path, await body(), headers)
        expect(reply.status).toBeLessThan(300)
        const session = reply.cookies.find(({ name }) => name === 'access_token_cookie')
        expect(session?.value).toBe(reply.body.access_token)
      }
      const fromListed = await api.post<LoginReply>(path, await body(), { origin: listed })
      expect([fromListed.status < 300, fromListed.cookies]).toEqual([true, []])
      expect(fromListed.body.access).toMatch(/^ey/)
      expect(fromListed.headers.get('access-control-allow-origin')).toBe(listed)
      expect(fromListed.headers.get('access-control-allow-credentials')).toBeNull()
      for (const origin of [evil, 'null', `${server.url}.evil.example`]) {
        const refused = await api.post(path, await body(), { origin })
        expect([wordOf(refused), refused.cookies]).toEqual(['403 cross_site_request', []])
        expect(refused.headers.get('access-control-allow-origin')).toBeNull()
      }
    },
  )

  it.each([
    '/api/auth/login/verify',
    '/api/auth/login/passkey',
    '/api/auth/login/passkey/options',
    '/api/auth/bootstrap',
  ])('%s refuses pages of other sites before it reads a body', async (path) => {
    expect(wordOf(await api.post(path, {}, { origin: evil }))).toBe('403 cross_site_request')
    const fromListed = await api.post<Partial<ErrorBody>>(path, {}, { origin: listed })
    expect(fromListed.body.code).not.toBe('cross_site_request')
  })

  it('C3: answers a preflight of a listed origin and of no other', async () => {
    const ask = (origin: string) =>
      api.send('OPTIONS', '/api/auth/login', { headers: { origin, 'access-control-request-method': 'POST' } })
    const reply = await ask(listed)
    expect([reply.status, reply.headers.get('access-control-allow-origin')]).toEqual([204, listed])
    for (const origin of [evil, 'null', 'https://app.example.evil.example', 'http://app.example']) {
      const refused = await ask(origin)
      expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([405, null])
    }
  })
})

describe('behind a proxy that ends TLS', () => {
  it('C1, LG-4: cookies are Secure, the device cookie is __Host-, and our origin is https', async () => {
    const proxied = await startIdentityServer({ http: { trustProxy: ['127.0.0.1'] } })
    const calls = createApiCalls(proxied)
    const secure = { 'x-forwarded-proto': 'https' }
    const own = { ...secure, origin: proxied.url.replace('http:', 'https:') }
    const body = { email: 'asha@example.com', password: 'correct horse 9' }
    const encrypted = await calls.post<LoginReply>('/api/auth/register', body, own)
    expect(encrypted.headers.getSetCookie()[0]).toBe(
      `access_token_cookie=${encrypted.body.access_token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure`,
    )
    const { value: device, ...attributes } = encrypted.cookies[1] ?? { name: '', value: '' }
    expect(attributes).toEqual({
      name: '__Host-banyan_device',
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: true,
      maxAge: 90 * 86_400,
    })
    const plain = await calls.post<LoginReply>('/api/auth/login', body)
    expect(plain.headers.getSetCookie()[0]).toBe(
      `access_token_cookie=${plain.body.access_token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800`,
    )
    expect(plain.cookies[1]).toMatchObject({ name: 'banyan_device', path: '/', httpOnly: true, sameSite: 'lax' })
    expect(plain.cookies[1]).not.toHaveProperty('secure')
    const known = await calls.post('/api/auth/login', body, { ...secure, cookie: `__Host-banyan_device=${device}` })
    expect(known.cookies.map(({ name }) => name)).toEqual(['access_token_cookie'])
    const otherName = await calls.post('/api/auth/login', body, { cookie: `__Host-banyan_device=${device}` })
    expect(otherName.cookies.length).toBe(2)
    expect(wordOf(await calls.post('/api/auth/login', body, { ...secure, origin: proxied.url }))).toBe(
      '403 cross_site_request',
    )
    await proxied.close()
  })

  it('PUBLIC_URL alone is our origin, and the picture is on it', async () => {
    const named = await startIdentityServer({ parts: { publicUrl: 'https://banyan.example' } })
    const calls = createApiCalls(named)
    const { access_token, profile_img_url } = await calls.register('asha@example.com')
    expect(profile_img_url).toBe('https://banyan.example/profile-default.svg')
    const changing = (origin: string) =>
      calls.delete('/api/auth/sessions', undefined, { ...cookie(access_token), origin })
    expect(wordOf(await changing(named.url))).toBe('403 cross_site_request')
    expect((await changing('https://banyan.example')).status).toBe(200)
    await named.close()
  })
})
