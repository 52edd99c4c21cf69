import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readReply, sendRaw } from '../../infra/http/testing/raw-socket.ts'
import { type KotakPerson, type KotakWorld, startKotakWorld } from './testing/kotak-world.ts'

const session = '/apim/session/1.0/session'

describe('what a Kotak call may send', () => {
  let world: KotakWorld
  let person: KotakPerson
  beforeAll(async () => {
    world = await startKotakWorld()
    person = await world.createPerson()
  })
  afterAll(() => world.close())

  const wrongBodies: readonly (readonly [string, unknown, string])[] = [
    ['no password', { password: undefined }, 'password: is required'],
    ['a number as password', { password: 12345678 }, 'password: must be a string'],
    ['null as password', { password: null }, 'password: must be a string'],
    ['an empty password', { password: '' }, 'password: must not be empty'],
    ['1,025 characters', { password: 'a'.repeat(1_025) }, 'password: must have 1 to 1024 characters'],
    ['half a surrogate pair', { password: '\ud83d' }, 'password: must be well-formed Unicode text'],
    ['a userid of 2', { userid: 'AB' }, 'userid: must be 3 to 12 letters or digits'],
    ['a userid of 13', { userid: 'A'.repeat(13) }, 'userid: must be 3 to 12 letters or digits'],
    ['a userid with a dot', { userid: 'S4M.L3' }, 'userid: must be 3 to 12 letters or digits'],
    ['a userid of digits elsewhere', { userid: '１２３' }, 'userid: must be 3 to 12 letters or digits'],
    ['a list as userid', { userid: ['S4MPL3'] }, 'userid: must be 3 to 12 letters or digits'],
    ['nothing', { userid: undefined, password: undefined }, 'userid: is required; password: is required'],
  ]
  it.each(wrongBodies)('case 7: refuses %s on login, naming it', async (_what, body, description) => {
    const reply = await person.login(body as Record<string, unknown>)
    expect([reply.status, reply.fault]).toEqual([400, { code: 100000, message: 'Invalid input', description }])
  })

  it('case 7: takes 1,024 characters, also beyond the basic plane', async () => {
    for (const character of ['a', '🌳'])
      expect((await person.login({ password: character.repeat(1_024) })).fault?.code).toBe(100001)
    world.turn(16 * 60_000)
  })

  it('case 7: bounds a body at 8 KiB whatever its type, and takes JSON objects only', async () => {
    const padded = (bytes: number) => {
      const body = JSON.stringify({ userid: person.clientCode, password: 'x', more: '' })
      return body.replace('"more":""', `"more":"${'m'.repeat(bytes - body.length)}"`)
    }
    const cases: readonly (readonly [string, string, string, number])[] = [
      ['8 KiB', padded(8_192), 'application/json', 401],
      ['8 KiB and a byte', padded(8_193), 'application/json', 413],
      ['9 KiB', padded(9_216), 'application/json', 413],
      ['9 KiB of text', padded(9_216), 'text/plain', 413],
      ['text', '{}', 'text/plain', 415],
      ['a form', 'userid=S4MPL3', 'application/x-www-form-urlencoded', 415],
      ['no type', '{}', '', 415],
      ['parameters of the type', padded(100), 'application/json; charset=utf-8', 401],
      ['an array', '[]', 'application/json', 400],
      ['a number', '5', 'application/json', 400],
      ['broken text', '{"userid": ', 'application/json', 400],
      ['33 levels', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, 'application/json', 400],
      ['a prototype', '{"__proto__":{"userid":"S4MPL3"}}', 'application/json', 400],
    ]
    for (const [what, body, type, status] of cases) {
      const headers = { ...person.callHeaders, 'content-type': type === '' ? undefined : type }
      const reply = await world.call('POST', `${session}/login/userid`, { headers, body })
      expect([what, reply.status]).toEqual([what, status])
      if (status !== 401)
        expect([what, reply.fault?.code, reply.fault?.message]).toEqual([what, 100000, 'Invalid input'])
      if (status === 415) expect(reply.fault?.description).toMatch(/^Content-Type: /)
      if (status === 413) expect(reply.fault?.description).toMatch(/^body: /)
    }
  })

  it('refuses a packed body', async () => {
    const headers = { ...person.callHeaders, 'content-encoding': 'gzip' }
    const reply = await world.call('POST', `${session}/login/userid`, { headers, body: '{}' })
    expect([reply.status, reply.fault?.code]).toEqual([415, 100000])
  })

  it('V2: decodes escapes, ignores members it does not know, and counts the last of a repeated one', async () => {
    const owner = await world.createPerson({ password: 'pä₹"-and-more' })
    const body = `{"role": "owner", "userid": "NOBODY", "userid": "${owner.clientCode}", "password": "p\\u00e4\\u20b9\\"-and-more"}`
    const reply = await world.call('POST', `${session}/login/userid`, { headers: owner.callHeaders, body })
    expect(reply.status).toBe(200)
  })

  it('reads each header within its bounds', async () => {
    const long = 'x'.repeat(65)
    const claims = 'must have at most 64 printable ASCII characters'
    const cases: readonly (readonly [Record<string, string | undefined>, number, string])[] = [
      [{ ip: undefined, appId: undefined }, 200, ''],
      [{ ip: '', appId: '' }, 200, ''],
      [{ ip: 'x'.repeat(64), appId: 'y'.repeat(64) }, 200, ''],
      [{ ip: long }, 400, `ip: ${claims}`],
      [{ appId: long }, 400, `appId: ${claims}`],
      [{ ip: 'caf\u00e9' }, 400, `ip: ${claims}`],
      [{ userid: undefined }, 400, 'userid: is required'],
      [{ userid: 'A-B-C' }, 400, 'userid: must be 3 to 12 letters or digits'],
      [{ 'content-type': 'text/html' }, 200, ''],
      [{ accept: 'text/html', 'accept-encoding': 'gzip, br' }, 200, ''],
      [{ userid: '!', ip: long }, 400, `userid: must be 3 to 12 letters or digits; ip: ${claims}`],
    ]
    for (const [headers, status, description] of cases) {
      const reply = await person.init(headers)
      expect([headers, reply.status, reply.fault?.description ?? '']).toEqual([headers, status, description])
      expect(reply.headers['content-encoding']).toBeUndefined()
    }
  })

  it.each(['ip', 'appId'])('bounds %s on every session call', async (name) => {
    const headers = { [name]: 'x'.repeat(65) }
    const replies = [
      await person.login({}, headers),
      await person.sendCode('0'.repeat(32), '1234', {}, headers),
      await person.sendToken('0'.repeat(32), headers),
      await person.logout('0'.repeat(32), headers),
    ]
    for (const reply of replies) {
      expect([reply.status, reply.fault?.code]).toEqual([400, 100000])
      expect(reply.fault?.description).toContain(`${name}: `)
    }
  })

  it('asks for the tokens in their headers and never in a body', async () => {
    const inBody = { oneTimeToken: '0'.repeat(32) }
    const code = await person.sendCode(undefined, '1234', inBody)
    expect([code.status, code.fault?.description]).toEqual([400, 'oneTimeToken: is required'])
    const token = await person.sendToken('')
    expect([token.status, token.fault?.description]).toEqual([400, 'oneTimeToken: must not be empty'])
    const logout = await person.logout(undefined)
    expect([logout.status, logout.fault?.description]).toEqual([400, 'sessionToken: is required'])
    const inHeader = await person.login({ userid: undefined }, { userid: person.clientCode })
    expect(inHeader.fault?.description).toBe('userid: is required')
  })

  it('decides in the order route, bearer, size, type, fields, credentials', async () => {
    const noBearer = { authorization: undefined, 'content-type': 'text/plain' }
    const big = 'x'.repeat(9_000)
    const url = `${session}/login/userid`
    const steps = [
      await world.call('POST', '/apim/nope', { headers: noBearer, body: big }),
      await world.call('PUT', url, { headers: noBearer, body: big }),
      await world.call('POST', url, { headers: { ...person.callHeaders, ...noBearer }, body: big }),
      await world.call('POST', url, { headers: { ...person.callHeaders, 'content-type': 'text/plain' }, body: big }),
      await world.call('POST', url, { headers: { ...person.callHeaders, 'content-type': 'text/plain' }, body: 'x' }),
      await person.login({ password: 5 }),
      await person.login({ password: 'wrong password' }),
    ]
    expect(steps.map(({ status }) => status)).toEqual([404, 405, 401, 413, 415, 400, 401])
    world.turn(16 * 60_000)
  })

  it.each([
    ['GET', '/apim', 404, null],
    ['GET', '/apim/', 404, null],
    ['GET', '/apim//', 404, null],
    ['POST', '/apim/session/1.0/session/2fa/accesscode', 404, null],
    ['POST', '/apim/session/1.0/session/2FA/onetimetoken', 404, null],
    ['GET', '/apim/session/1.0/session/init/', 404, null],
    ['GET', '/apim///session/1.0/session/init', 404, null],
    ['GET', '/APIM/session/1.0/session/init', 404, 'api'],
    ['GET', '/apimate', 404, 'api'],
    ['GET', '/apim/orders/1.0/orders', 404, null],
    ['POST', '/apim/session/1.0/session/init', 405, 'GET, HEAD'],
    ['GET', '/apim/session/1.0/session/login/userid', 405, 'POST'],
    ['DELETE', '/apim/session/1.0/session/2FA/accesscode', 405, 'POST'],
    ['PATCH', '/apim/session/1.0/session/2FA/oneTimeToken', 405, 'POST'],
    ['POST', '/apim/session/1.0/session/logout', 405, 'DELETE'],
    ['OPTIONS', '/apim/session/1.0/session/logout', 405, 'DELETE'],
    ['GET', '/apim/token', 405, 'POST'],
    ['GET', '/apim/revoke?token=secret', 405, 'POST'],
  ])('answers %s %s with %i and what was asked for', async (method, path, status, allow) => {
    const reply = await world.call(method, path)
    expect(reply.status).toBe(status)
    if (allow === 'api') {
      expect(reply.body).not.toHaveProperty('fault')
      return
    }
    const description = `${method} ${path.split('?', 1)[0]}`
    expect(reply.fault).toEqual({ code: 900906, message: 'No such resource', description })
    expect(reply.headers['allow']).toBe(allow ?? undefined)
  })

  it('gives every reply its body, type, length, id and the headers that keep it to its caller', async () => {
    const login = await person.login()
    const replies = [
      await person.init(),
      login,
      await person.login({ password: 5 }),
      await person.init({ authorization: undefined }),
      await world.call('GET', '/apim/nope'),
      await world.call('PUT', '/apim/token'),
      await person.token({ grant_type: 'client_credentials' }),
      await person.token({ grant_type: 'password' }),
      await person.token({ grant_type: 'client_credentials' }, 'bm90aGluZw=='),
      await person.revoke({ token: 'unknown' }),
      await world.call('POST', `${session}/login/userid`, { headers: person.callHeaders, body: 'x'.repeat(9_000) }),
      await world.call('GET', `/apim/${'a'.repeat(4_200)}`),
    ]
    const statuses = replies.map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 400, 401, 404, 405, 200, 400, 401, 200, 413, 414])
    for (const { status, headers, text } of replies) {
      expect(text).not.toBe('')
      expect(headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(Buffer.byteLength(text)),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      })
      expect(headers['x-request-id']).toMatch(/^req_[0-9a-z]{26}$/)
      expect([status, headers['www-authenticate']]).toEqual([status, status === 401 ? 'Bearer' : undefined])
      for (const absent of ['server', 'content-encoding', 'location', 'set-cookie', 'x-powered-by'])
        expect(headers[absent]).toBeUndefined()
    }
  })

  it.each([
    ['an unknown method', 'FROB /apim/token HTTP/1.1\r\nHost: localhost\r\n\r\n', 405, 900906],
    [
      'a head over 16 KiB',
      `GET /apim/x HTTP/1.1\r\nHost: localhost\r\nX-A: ${'a'.repeat(17_000)}\r\n\r\n`,
      431,
      100000,
    ],
    ['101 fields', `GET /apim/x HTTP/1.1\r\nHost: localhost\r\n${'X-A: b\r\n'.repeat(100)}\r\n`, 431, 100000],
    ['two Hosts', 'GET /apim/x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 400, 100000],
    ['a bare line feed', 'GET /apim/x HTTP/1.1\nHost: a\n\n', 400, 100000],
    ['a bad escape', 'GET /apim/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 400, 100000],
  ])('answers %s with a fault', async (_what, bytes, status, code) => {
    const reply = readReply(await sendRaw(world.port, bytes))
    expect(reply.status).toBe(status)
    expect(reply.body).toMatchObject({ fault: { code } })
    expect(Object.keys(reply.body)).toEqual(['fault'])
    expect(reply.head.match(/^cache-control: no-store$/gm)).toHaveLength(1)
  })
})

describe('the base a client is told', () => {
  it('is scheme and Host as dialled, with the slash the client put at its end', async () => {
    const world = await startKotakWorld()
    const person = await world.createPerson()
    const hosts: readonly (readonly [string, number])[] = [
      ['127.0.0.1:8080', 8080],
      ['banyan.example', 80],
      ['[::1]:9000', 9000],
      ['[::1]', 80],
      ['Mixed.Case.example:65535', 65535],
    ]
    for (const [host, port] of hosts) {
      for (const prefix of ['/apim', '/apim/']) {
        const reply = await person.init({ host }, prefix)
        const base = { host: `http://${host}${prefix}`, port }
        expect(reply.body).toMatchObject({ Success: { redirect: base, service: base } })
      }
    }
    const query = await world.call('GET', `/apim//session/1.0/session/init?a=b`, { headers: person.initHeaders })
    expect(query.body).toHaveProperty('Success.redirect.host', `http://127.0.0.1:${world.port}/apim/`)
    const escaped = await world.call('GET', '/apim/session/1%2E0/session/init', { headers: person.initHeaders })
    expect(escaped.body).toHaveProperty('Success.redirect.host', `http://127.0.0.1:${world.port}/apim`)
    await world.close()
  })

  it('refuses a Host nobody can have dialled, naming it, before a code is sent', async () => {
    const world = await startKotakWorld()
    const person = await world.createPerson()
    for (const host of ['a b', 'x/y', 'evil.example#', 'user@host', 'h'.repeat(256)]) {
      const init = await person.init({ host })
      const login = await person.login({}, { host })
      for (const reply of [init, login]) {
        expect([host, reply.status, reply.fault?.code]).toEqual([host, 400, 100000])
        expect(reply.fault?.description).toMatch(/^Host: /)
      }
    }
    expect(await world.mailsTo(person)).toHaveLength(0)
    await world.close()
  })

  it('case 3: is PUBLIC_URL whatever Host says', async () => {
    const world = await startKotakWorld({ publicUrl: 'https://b.example' })
    const person = await world.createPerson()
    for (const host of ['127.0.0.1:8080', 'evil.example', 'a b']) {
      const { body } = await person.init({ host })
      expect(body).toMatchObject({ Success: { redirect: { host: 'https://b.example/apim', port: 443 } } })
    }
    await world.close()
  })

  it('follows forwarded headers of a listed proxy and of nobody else', async () => {
    const forwarded = { 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'front.example' }
    const behind = await startKotakWorld({ trustProxy: ['127.0.0.1'] })
    const trusted = await (await behind.createPerson()).init(forwarded)
    expect(trusted.body).toMatchObject({ Success: { redirect: { host: 'https://front.example/apim', port: 443 } } })
    const plain = await (await behind.createPerson()).init()
    expect(plain.body).toHaveProperty('Success.redirect.host', `http://127.0.0.1:${behind.port}/apim`)
    await behind.close()
    const open = await startKotakWorld()
    const direct = await (await open.createPerson()).init(forwarded)
    expect(direct.body).toHaveProperty('Success.redirect.host', `http://127.0.0.1:${open.port}/apim`)
    await open.close()
  })

  it('stands in login and session as in init', async () => {
    const world = await startKotakWorld()
    const person = await world.createPerson()
    const login = await person.login({}, { host: 'banyan.example:8443' })
    const base = { host: 'http://banyan.example:8443/apim', port: 8443 }
    expect(login.body).toMatchObject({ Success: { redirect: { ...base, userid: person.clientCode } } })
    const headers = { host: 'banyan.example:8443' }
    const reply = await person.sendCode(login.oneTimeToken, await world.codeFor(person), {}, headers)
    const origin = 'http://banyan.example:8443'
    expect(reply.body).toMatchObject({
      success: {
        advancedChart: { host: `${origin}/chartiqtrade/`, port: 8443 },
        apiToken: { redirect: { host: origin, port: 8443 } },
        redirect: base,
        service: base,
        weblink: { host: `${origin}/`, port: 8443 },
      },
    })
    await world.close()
  })
})

describe('how often Kotak calls may come', () => {
  let world: KotakWorld
  beforeAll(async () => {
    world = await startKotakWorld({ isLimited: true, trustProxy: ['127.0.0.1'] })
  })
  afterAll(() => world.close())

  it.each([
    ['init', 60, (person: KotakPerson, from: Record<string, string>) => person.init(from)],
    ['login (case 18)', 10, (person: KotakPerson, from: Record<string, string>) => person.login({ password: 5 }, from)],
    [
      'the access code',
      20,
      (person: KotakPerson, from: Record<string, string>) => person.sendCode('0'.repeat(32), '12', {}, from),
    ],
    ['the one-time token', 20, (person: KotakPerson, from: Record<string, string>) => person.sendToken('', from)],
    ['logout', 60, (person: KotakPerson, from: Record<string, string>) => person.logout('0'.repeat(32), from)],
  ])('%s: %i a minute and address', async (_what, limit, call) => {
    const person = await world.createPerson()
    const from = { 'x-forwarded-for': world.newAddress() }
    for (let i = 0; i < limit; i++) expect((await call(person, from)).status).not.toBe(429)
    // Before the bearer: also a call without one is refused for coming too often.
    const refused = await call(person, { ...from, authorization: '' })
    expect([refused.status, refused.fault?.code, refused.fault?.message]).toEqual([429, 900800, 'Too many requests'])
    const seconds = Number(refused.headers['retry-after'])
    expect(seconds).toBeGreaterThanOrEqual(1)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(refused.fault?.description).toBe(`Limit reached. Try again in ${seconds} seconds.`)
    expect((await call(person, { 'x-forwarded-for': world.newAddress() })).status).not.toBe(429)
    world.turn(60_001)
    expect((await call(person, from)).status).not.toBe(429)
  })

  it('init: 120 a minute and consumer key from any address, before the bearer is looked at', async () => {
    const person = await world.createPerson()
    for (let i = 0; i < 120; i++)
      expect((await person.init({ 'x-forwarded-for': world.newAddress() })).status).toBe(200)
    const refused = await person.init({ 'x-forwarded-for': world.newAddress(), authorization: 'Bearer wrong' })
    expect([refused.status, refused.fault?.code]).toEqual([429, 900800])
    expect((await (await world.createPerson()).init({ 'x-forwarded-for': world.newAddress() })).status).toBe(200)
  })

  it('token: 10 a minute and consumer key, wrong secrets among them', async () => {
    const person = await world.createPerson()
    const wrong = Buffer.from(`${person.consumerKey}:wrong`).toString('base64')
    const form = { grant_type: 'client_credentials' }
    for (let i = 0; i < 5; i++) {
      expect((await person.token(form)).status).toBe(200)
      expect((await person.token(form, wrong)).status).toBe(401)
    }
    const refused = await person.token(form)
    expect([refused.status, Object.keys(refused.body), refused.fault?.code]).toEqual([429, ['fault'], 900800])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1)
    expect((await person.revoke({ token: 'x' })).status).toBe(200)
    world.turn(60_001)
    expect((await person.token(form)).status).toBe(200)
  })
})

describe('what Kotak calls give away', () => {
  it('nothing of an unexpected failure but the id under which the log knows it', async () => {
    const { server, createPerson, close } = await startKotakWorld()
    const person = await createPerson()
    const signIn = {
      ...server.identity.signIn,
      requestAccessCode: () => Promise.reject(new Error('secret=SELECT * FROM accounts')),
    }
    const broken = await startKotakWorld({ identity: { ...server.identity, signIn } })
    const sent = { headers: person.callHeaders, body: JSON.stringify({ userid: person.clientCode, password: 'x' }) }
    const reply = await broken.call('POST', `${session}/login/userid`, sent)
    const requestId = String(reply.headers['x-request-id'])
    expect([reply.status, reply.fault]).toEqual([
      500,
      { code: 101500, message: 'Unexpected error', description: `Request id ${requestId}.` },
    ])
    expect(broken.server.lines.join('')).toContain(requestId)
    expect(broken.server.lines.join('')).not.toContain('SELECT')
    await broken.close()
    await close()
  })

  it('no secret to the log', async () => {
    const world = await startKotakWorld()
    const person = await world.createPerson({ password: 'a canary of a password' })
    const { oneTimeToken } = await person.login()
    const { sessionToken } = await person.sendCode(oneTimeToken, await world.codeFor(person))
    await person.sendCode(oneTimeToken, '12345')
    await person.token({ grant_type: 'password', password: person.password })
    await person.logout(sessionToken)
    const secrets = [person.password, person.accessToken, person.consumerSecret, person.keyAndSecret]
    const log = world.server.lines.join('')
    expect(log).toContain('/apim/session/1.0/session/2FA/accesscode')
    for (const secret of [...secrets, oneTimeToken, sessionToken]) expect(log).not.toContain(secret)
    expect(world.server.failures).toEqual([])
    await world.close()
  })

  it('every call to the API description', async () => {
    const world = await startKotakWorld()
    const { paths } = (await world.call('GET', '/openapi.json')).body as { paths: Record<string, object> }
    const calls = Object.entries(paths).filter(([path]) => path.startsWith('/apim/'))
    expect(calls.map(([path, methods]) => `${Object.keys(methods)} ${path}`).sort()).toEqual([
      'delete /apim/session/1.0/session/logout',
      'get /apim/session/1.0/session/init',
      'post /apim/revoke',
      'post /apim/session/1.0/session/2FA/accesscode',
      'post /apim/session/1.0/session/2FA/oneTimeToken',
      'post /apim/session/1.0/session/login/userid',
      'post /apim/token',
    ])
    await world.close()
  })
})
