import { synapsewaveDeviceFacts } from '@banyan/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readReply, sendRaw } from '../../infra/http/testing/raw-socket.ts'
import { testOrigin } from '../../modules/identity/testing/identity-core.ts'
import { userPath } from './synapsewave-parts.ts'
import { synapsewaveAddressLimits } from './synapsewave-surface.ts'
import {
  type Person,
  password,
  type Reply,
  registeredIn,
  sessionIn,
  startWorld,
  trustedUdid,
  type World,
  wordOf,
} from './testing/synapsewave-world.ts'

let world: World
let person: Person
beforeAll(async () => {
  world = await startWorld()
  person = await world.addPerson({ device: true })
})
afterAll(() => world.close())

const second = { second_auth_type: 'FINGERPRINT', second_auth: trustedUdid }
const login = (members: object = {}, headers?: Record<string, string>) =>
  world.login(person, { password, ...second, ...members }, headers)

/** Sends a body as it is. */
async function sendText(method: string, path: string, body: string, headers: Record<string, string>): Promise<Reply> {
  const reply = await fetch(`${world.server.url}${userPath}/${path}`, { method, headers, body })
  const text = await reply.text()
  return { status: reply.status, headers: reply.headers, text, body: JSON.parse(text) }
}
const json = { 'content-type': 'application/json' }

/** Every call and what it must be told at least, for the checks all of them share. */
const keyCalls: readonly (readonly [string, string, object])[] = [
  ['POST', 'session', { password, ...second }],
  ['POST', 'otp/send', {}],
  ['POST', 'password/reset/send-otp', {}],
  ['POST', 'mpin/reset/send-otp', {}],
  ['POST', 'otp/verify', { otp: '000000' }],
  ['PUT', 'password/reset', { new_password: 'Mysecure@123', otp: '000000' }],
  ['PUT', 'password', { old_password: password, new_password: 'Mysecure@123' }],
  ['PUT', 'mpin', { old_mpin: '0421', new_mpin: '0422' }],
  ['POST', 'mpin/reset/verify-otp', { mpin: '0421', mobile_udid: 'U1', otp: '000000' }],
  [
    'POST',
    '/interactive/authentication/t1/v1/setMPIN',
    { group_Id: 'HO', type: 'SET_FINGERPRINT', udid: 'U1', otp: '000000' },
  ],
  ['POST', 'registertotp', { otp: '000000' }],
]
const sessionCalls: readonly (readonly [string, string, object | undefined])[] = [
  ['DELETE', 'session', undefined],
  ['PUT', 'session', undefined],
  ['GET', 'profile', undefined],
  ['POST', 'mpin', { mpin: '0421' }],
  ['POST', 'verifytotp', { second_auth: '000000' }],
]

describe('the list of routes', () => {
  it('is the one of these tests, each with its check and limit', () => {
    const full = (path: string) =>
      path.startsWith('/') ? path.replace('/t1/', '/:tenantid/') : `/interactive/authentication/v1/user/${path}`
    const expected = [
      ...keyCalls.map(([method, path]) => [method, full(path), 'synapsewave-key']),
      ...sessionCalls.map(([method, path]) => [method, full(path), 'synapsewave-session']),
      ['HEAD', full('profile'), 'synapsewave-session'],
    ]
    const routes = world.server.app.routes().filter(({ url }) => url.startsWith('/interactive'))
    expect(routes.map(({ method, url, credential }) => [method, url, credential]).sort()).toEqual(expected.sort())
  })

  it('is documented, reply by reply', async () => {
    const document = await (await fetch(`${world.server.url}/openapi.json`)).json()
    const paths = document as { paths: Record<string, Record<string, { tags?: string[]; responses: object }>> }
    const operations = Object.entries(paths.paths)
      .filter(([path]) => path.startsWith('/interactive'))
      .flatMap(([, methods]) => Object.values(methods))
    expect(operations.length).toBe(keyCalls.length + sessionCalls.length)
    for (const { tags, responses } of operations) {
      expect(tags).toEqual(['synapsewave'])
      expect(Object.keys(responses)).toEqual(
        expect.arrayContaining(['200', '400', '403', '405', '413', '415', '429', '500', '503']),
      )
    }
  })
})

describe('a key', () => {
  it.each(keyCalls)('of %s %s must be known, and the same in header and body', async (method, path, members) => {
    const send = (api_key: string, headers: Record<string, string> = {}) =>
      world.call(method, path, { ...world.credsOf('NOBODY4', api_key), ...members }, headers)
    const words = [
      wordOf(await send('nobody')),
      wordOf(await send(world.key, { 'x-api-key': 'nobody' })),
      wordOf(await send(world.key, { 'x-api-key': world.otherKey })),
    ]
    expect(words).toEqual(['e-31', 'e-31', 'e-32'])
    expect([(await send('nobody')).status, (await send(world.key, { 'x-api-key': world.otherKey })).status]).toEqual([
      403, 403,
    ])
  })

  it.each(sessionCalls)('of %s %s must be the one of the session', async (method, path, body) => {
    const { access_token } = sessionIn(await login())
    const send = (headers: Record<string, string>) => world.call(method, path, body, headers)
    const authorization = `Bearer ${access_token}`
    expect(wordOf(await send({ authorization, 'x-api-key': world.otherKey }))).toBe('e-32')
    expect(wordOf(await send({ authorization, 'x-api-key': 'nobody' }))).toBe('e-31')
    expect(wordOf(await send({ authorization, 'x-api-key': '' }))).toBe('e-31')
    expect(wordOf(await send({ 'x-api-key': 'nobody' }))).toBe('e-31')
    expect(wordOf(await world.bearer('PUT', 'session', access_token))).toBe('200')
  })

  it('of a disabled application opens nothing, and its sessions are over', async () => {
    const application = await world.addApplication('C')
    const { access_token } = sessionIn(await login({ api_key: application.consumerKey }))
    await world.identity.applications.update(world.owner.caller, application.id, { isEnabled: false }, testOrigin)
    expect(wordOf(await login({ api_key: application.consumerKey }))).toBe('e-31')
    expect(wordOf(await world.bearer('PUT', 'session', access_token))).toBe('e-35')
  })
})

describe('a bearer', () => {
  it.each(sessionCalls)('of %s %s must be a live access token', async (method, path, body) => {
    const { access_token, broadcast_access_token } = sessionIn(await login())
    const { register_token } = registeredIn(await login({ second_auth_type: 'REGISTER' }))
    const api = await world.identity.signIn.withPassword({ email: world.owner.email, password }, testOrigin)
    const tokens = 'signedIn' in api ? Object.values(api.signedIn.tokens) : []
    expect(tokens.length).toBe(3)
    const word = async (headers: Record<string, string>) => wordOf(await world.call(method, path, body, headers))
    expect([await word({}), await word({ authorization: 'Bearer' })]).toEqual(['e-33', 'e-33'])
    const tampered = `${access_token.slice(0, -6)}${access_token.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'}`
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${access_token.split('.')[1]}.`
    for (const foreign of [broadcast_access_token, register_token, ...tokens, tampered, none, 'token', world.key])
      expect([foreign, await word({ authorization: `Bearer ${foreign}` })]).toEqual([foreign, 'e-35'])
    expect(await word({ authorization: `Basic ${access_token}` })).toBe('e-35')
  })

  it('may come without its word, or with it in any case', async () => {
    const { access_token } = sessionIn(await login())
    for (const authorization of [access_token, `bearer ${access_token}`, `BEARER  ${access_token}`])
      expect(wordOf(await world.call('PUT', 'session', undefined, { authorization }))).toBe('200')
  })

  it('of a disabled account is over', async () => {
    const other = await world.addPerson({ device: true })
    const { access_token } = sessionIn(await world.login(other, { password, ...second }))
    await world.identity.administration.lock(other.email)
    expect(wordOf(await world.bearer('PUT', 'session', access_token))).toBe('e-35')
  })

  it('of a read-only account serves as any', async () => {
    const other = await world.addPerson({ device: true })
    await world.identity.administration.setRole(other.email, 'read-only')
    const { access_token } = sessionIn(await world.login(other, { password, ...second }))
    expect(wordOf(await world.bearer('GET', 'profile', access_token))).toBe('200')
  })
})

describe('a body', () => {
  it.each(['user_id', 'password', 'api_key', 'source'])('of a login without %s is refused for it', async (field) => {
    for (const blank of [undefined, null, '']) {
      const { status, body } = await login({ [field]: blank })
      expect([status, body.errors, body.message]).toEqual([400, 'e-20', `Invalid request: ${field}: is required`])
    }
  })

  it.each([
    [{ source: 'DEALERAPI' }, 'source'],
    [{ second_auth: 123456 }, 'second_auth'],
    [{ deviceinfo: { IP: 1921681 } }, 'deviceinfo.IP'],
    [{ UDID: 'one', deviceinfo: { UDID: 'two' } }, 'UDID'],
  ])('%j is refused and names %s', async (members, field) => {
    const { status, body } = await login(members)
    expect([status, body.errors]).toEqual([400, 'e-20'])
    expect(body.message).toMatch(new RegExp(`^Invalid request: ${field}: [a-z]`))
  })

  it.each(keyCalls)('of %s %s needs its creds before anything is looked up', async (method, path, members) => {
    for (const field of ['user_id', 'api_key', 'source']) {
      const reply = await world.call(method, path, { ...world.credsOf('NOBODY4', 'nobody'), ...members, [field]: null })
      const message = reply.body.message ?? reply.body.result?.[0]?.message
      expect([wordOf(reply), message]).toEqual(['e-20', `Invalid request: ${field}: is required`])
    }
    expect(
      wordOf(await world.call(method, path, { ...members, ...world.credsOf('NOBODY4'), source: 'mobileapi' })),
    ).not.toBe('e-20')
  })

  it('may tell all of the device, and more', async () => {
    const facts = Object.fromEntries(synapsewaveDeviceFacts.map((name) => [name, `its ${name}`]))
    const reply = await login({ deviceinfo: { ...facts, os: 'Android', model: 'Pixel 6' }, version: '2.1.0', extra: 1 })
    expect(wordOf(reply)).toBe('200')
  })

  it('is JSON by its type, whatever its characters are', async () => {
    const text = JSON.stringify({ ...world.credsOf(person), password, ...second })
    const withType = (type: string) => sendText('POST', 'session', text, { 'content-type': type })
    expect(wordOf(await withType('application/json;charset=UTF-8'))).toBe('200')
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'text/json', ''])
      expect([type, wordOf(await withType(type))]).toEqual([type, 'e-43'])
    expect(wordOf(await sendText('POST', 'session', text, { ...json, 'content-encoding': 'gzip' }))).toBe('e-43')
    for (const malformed of ['{', '[]', 'null', '"text"', '{"a":1,}', '{"__proto__":{}}', '['.repeat(40)])
      expect([malformed, wordOf(await sendText('POST', 'session', malformed, json))]).toEqual([malformed, 'e-20'])
  })

  it('is at most 16 KiB', async () => {
    const fill = (bytes: number) => {
      const text = JSON.stringify({ ...world.credsOf(person), password, ...second, extra: '' })
      return text.replace('"extra":""', `"extra":"${'x'.repeat(bytes - text.length)}"`)
    }
    expect(wordOf(await sendText('POST', 'session', fill(16_384), json))).toBe('200')
    const reply = await sendText('POST', 'session', fill(16_385), json)
    expect([reply.status, wordOf(reply)]).toEqual([413, 'e-42'])
  })

  it.each([['PUT'], ['DELETE']])('of %s P/session is none, whatever its type', async (method) => {
    for (const type of [undefined, 'application/json', 'text/plain']) {
      const { access_token } = sessionIn(await login())
      const headers = { authorization: `Bearer ${access_token}`, ...(type ? { 'content-type': type } : {}) }
      expect(wordOf(await world.call(method, 'session', undefined, headers))).toBe('200')
    }
  })
})

describe('the order of checks', () => {
  const wrong = { password: 'not the password', ...second }

  it('is key header, bearer, body, key, pair, lock, first factor, account, second factor', async () => {
    const other = await world.addPerson({ device: true })
    const send = (members: object, headers: Record<string, string> = {}) =>
      world.login(other, { ...wrong, second_auth: 'NOBODYS-UDID', ...members }, headers)
    const all = { source: 'x', api_key: 'nobody', second_auth_type: undefined }
    const words = [
      wordOf(await send(all, { 'x-api-key': 'nobody' })),
      wordOf(await send(all)),
      wordOf(await send({ ...all, source: 'WEBAPI' })),
      wordOf(await send({ second_auth_type: undefined })),
      wordOf(await send({})),
      wordOf(await send({ password })),
    ]
    expect(words).toEqual(['e-31', 'e-20', 'e-31', 'e-26', 'e-21', 'e-27'])
    await world.identity.administration.lock(other.email)
    expect([wordOf(await send({})), wordOf(await send({ password }))]).toEqual(['e-21', 'e-14'])
    for (let i = 0; i < 3; i++) await send({})
    expect([wordOf(await send({ password })), wordOf(await send({ second_auth_type: undefined }))]).toEqual([
      'e-25',
      'e-26',
    ])
  })
})

describe('an address', () => {
  it('that is none is 404 in this shape; a method that is none is 405 and says which are', async () => {
    for (const path of [
      'nope',
      'balance',
      'details',
      'session/',
      '/interactive',
      '/interactive/authentication/v1/user',
    ]) {
      const reply = await world.call('GET', path)
      expect([path, reply.status, reply.text]).toEqual([
        path,
        404,
        '{"status":"error","code":"e-101","message":"No such resource.","errors":"e-40"}',
      ])
    }
    const reply = await world.call('GET', 'session')
    expect([reply.status, reply.headers.get('allow'), reply.text]).toEqual([
      405,
      'DELETE, POST, PUT',
      '{"status":"error","code":"e-101","message":"Method not allowed.","errors":"e-41"}',
    ])
  })
})

describe('every reply', () => {
  const secure = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-request-id': expect.stringMatching(/^req_/),
  }

  it('has its type, its id and no-store; an error has no data and says its case', async () => {
    const signedIn = await login()
    const replies = [
      signedIn,
      await world.bearer('GET', 'profile', sessionIn(signedIn).access_token),
      await login({ source: 'x' }),
      await world.call('PUT', 'session'),
      await login({ api_key: 'nobody' }),
      await world.call('GET', 'nope'),
      await world.call('GET', 'session'),
      await sendText('POST', 'session', 'x'.repeat(20_000), json),
      await sendText('POST', 'session', 'x', { 'content-type': 'text/plain' }),
      await world.call('GET', `nope?${'x'.repeat(5_000)}`),
    ]
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 400, 401, 403, 404, 405, 413, 415, 414])
    for (const { status, headers, body } of replies) {
      expect(Object.fromEntries(headers)).toMatchObject(secure)
      expect(headers.get('server')).toBe(null)
      expect(headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null)
      if (status === 200) continue
      expect(body).toEqual({
        status: 'error',
        code: 'e-101',
        message: expect.any(String),
        errors: expect.stringMatching(/^e-\d\d$/),
      })
    }
  })

  it('is of this shape where the parser itself refuses', async () => {
    const heads = [
      `GET ${userPath}/profile HTTP/1.1\r\nHost: a\r\nBad Header\r\n\r\n`,
      `GET ${userPath}/profile HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      `GET ${userPath}/profile HTTP/1.1\r\n\r\n`,
    ]
    const replies = await Promise.all(heads.map(async (head) => readReply(await sendRaw(world.server.port, head))))
    expect(replies.map(({ status, body }) => [status, body['errors'], 'data' in body])).toEqual([
      [400, 'e-20', false],
      [431, 'e-20', false],
      [400, 'e-20', false],
    ])
    for (const { head } of replies) expect(head.match(/\r\ncache-control: no-store/g)?.length).toBe(1)
  })

  it('of a failure says nothing of it', async () => {
    const own = await startWorld()
    await own.server.database.close()
    const failed = await own.call('PUT', 'session', undefined, { 'x-api-key': 'any' })
    expect(failed.text).toMatch(/"(Unexpected error\.|Service unavailable\.)","errors":"e-5[01]"/)
    expect(failed.headers.get('retry-after')).toBe(failed.status === 503 ? '1' : null)
    await own.close()
  })
})

describe('the limits of an address', () => {
  it.each([
    ['synapsewave-login', () => own.call('POST', 'session', {})],
    ['synapsewave-otp', () => own.call('POST', 'otp/send', {})],
    ['synapsewave', () => own.call('PUT', 'session')],
  ] as const)("%s are the contract's", async (rateClass, send) => {
    const { limit } = synapsewaveAddressLimits[rateClass]
    const words: string[] = []
    for (let i = 0; i < limit; i++) words.push(wordOf(await send()))
    expect(new Set(words)).toEqual(new Set([rateClass === 'synapsewave' ? 'e-33' : 'e-20']))
    const refused = await send()
    expect([refused.status, refused.headers.get('retry-after'), refused.body.message, wordOf(refused)]).toEqual([
      429,
      '60',
      'Too many requests. Try again in 60 seconds.',
      'e-36',
    ])
    expect([...refused.headers.keys()].filter((name) => name.includes('ratelimit'))).toEqual([])
    own.server.turn(60_000)
    expect(wordOf(await send())).not.toBe('e-36')
  })

  let own: World
  beforeAll(async () => {
    own = await startWorld({ isLimited: true })
  })
  afterAll(() => own.close())

  it('are 20 logins, 10 sends of an OTP and 60 of everything else', () => {
    const limits = Object.entries(synapsewaveAddressLimits).map(([name, { limit, windowMs }]) => [
      name,
      limit,
      windowMs,
    ])
    expect(Object.fromEntries(limits.map(([name, ...rest]) => [name, rest]))).toEqual({
      synapsewave: [60, 60_000],
      'synapsewave-login': [20, 60_000],
      'synapsewave-otp': [10, 60_000],
    })
  })

  it('of sending are shared by all three purposes', async () => {
    own.server.turn(60_000)
    const paths = ['otp/send', 'password/reset/send-otp', 'mpin/reset/send-otp']
    const words: string[] = []
    for (let i = 0; i < 11; i++) words.push(wordOf(await own.call('POST', paths[i % 3] ?? '', {})))
    expect(words).toEqual([...Array(10).fill('e-20'), 'e-36'])
  })
})
