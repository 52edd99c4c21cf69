import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import {
  fault,
  greeting,
  hostOf,
  INIT,
  LOGIN,
  loggedIn,
  moveTo,
  ONE_TIME_TOKEN,
  OPTIONS,
} from '../../testing/ks-script.ts'
import { closeServers, errorOf, type Reply, type ScriptedServer, serveScript } from '../../testing/scripted-server.ts'
import { makeSelfSigned } from '../../testing/self-signed.ts'
import { KSTradeApi, type KSTradeApiOptions, KsApiError, KsValueError } from '../index.ts'

afterEach(closeServers)

const clientOf = (server: ScriptedServer, more: Partial<KSTradeApiOptions> = {}) =>
  new KSTradeApi({ ...OPTIONS, host: hostOf(server), ...more })

const linesOf = ({ asked }: ScriptedServer) => asked.map(({ method, path }) => `${method} ${path}`)

describe('retries', () => {
  it('repeat a GET whose connection was dropped before a reply', async () => {
    const server = await serveScript(['drop', greeting])
    await clientOf(server).init()
    expect(linesOf(server)).toEqual([`GET ${INIT}`, `GET ${INIT}`])
  })

  it('never repeat a POST: one request, status 0', async () => {
    const server = await serveScript([greeting, 'drop', loggedIn])
    const error = await errorOf(clientOf(server).login('secret'))
    expect(error).toMatchObject({ status: 0, reason: 'Network error: other side closed', body: '' })
    expect(linesOf(server)).toEqual([`GET ${INIT}`, `POST ${LOGIN}`])
  })

  it('never repeat a POST that is told to come back', async () => {
    const server = await serveScript([greeting, { ...fault(503, 101503), headers: { 'retry-after': '0' } }, loggedIn])
    expect(await errorOf(clientOf(server).login('secret'))).toMatchObject({ status: 503, retryAfter: 0 })
    expect(server.asked).toHaveLength(2)
  })

  it.each([429, 503])('come back after %d as long as allowed', async (status) => {
    const busy: Reply = { ...fault(status, 900800, 'Too many requests'), headers: { 'retry-after': '0' } }
    const patient = await serveScript([busy, busy, busy, greeting])
    await clientOf(patient).init()
    expect(patient.asked).toHaveLength(4)

    const server = await serveScript([busy, busy, greeting])
    const error = await errorOf(clientOf(server, { maxRetries: 1 }).init())
    expect(error).toMatchObject({ status, retryAfter: 0, fault: { code: 900800 } })
    expect(server.asked).toHaveLength(2)
  })

  it.each([[{ 'retry-after': '61' }], [{}], [{ 'retry-after': 'Mon, 05 Jan 2026 00:00:00 GMT' }]])(
    'do not follow a refusal with %j',
    async (headers) => {
      const server = await serveScript([{ ...fault(503, 101503), headers }, greeting])
      expect(await errorOf(clientOf(server).init())).toMatchObject({ status: 503 })
      expect(server.asked).toHaveLength(1)
    },
  )

  it('do not follow another status, a reply that broke off, or a timeout', async () => {
    for (const step of [{ ...fault(500, 101500), headers: { 'retry-after': '0' } }, 'break', 'withhold'] as const) {
      const server = await serveScript([step, greeting])
      expect(await errorOf(clientOf(server, { timeoutMs: 60 }).init())).toBeInstanceOf(KsApiError)
      expect(server.asked).toHaveLength(1)
    }
  })
})

describe('HTTP redirects', () => {
  const redirect = (status: number, location: string): Reply => ({ status, headers: { location }, body: 'elsewhere' })

  it.each([301, 302, 303, 307, 308])('with %d are followed for a GET within the origin', async (status) => {
    const server = await serveScript([redirect(status, '/apim/moved'), greeting])
    await clientOf(server).init()
    expect(linesOf(server)).toEqual([`GET ${INIT}`, 'GET /apim/moved'])
    expect(server.asked[1]?.headers).toMatchObject({ authorization: 'Bearer ACCESS-TOKEN', userid: 'S4MPL3' })
  })

  it.each([307, 308])('with %d keep method and body of a POST', async (status) => {
    const server = await serveScript([greeting, redirect(status, 'again'), loggedIn])
    await clientOf(server).login('secret')
    expect(linesOf(server)[2]).toBe('POST /apim/session/1.0/session/login/again')
    expect(server.asked[2]?.body).toBe(server.asked[1]?.body)
  })

  it.each([301, 302, 303])('with %d are an error for a POST', async (status) => {
    const server = await serveScript([greeting, redirect(status, 'again'), loggedIn])
    expect(await errorOf(clientOf(server).login('secret'))).toMatchObject({ status, body: 'elsewhere' })
    expect(server.asked).toHaveLength(2)
  })

  it('are followed three times and no more', async () => {
    const hop = redirect(302, '/apim/next')
    const patient = await serveScript([hop, hop, hop, greeting])
    await clientOf(patient).init()
    const server = await serveScript([hop, hop, hop, hop, greeting])
    expect(await errorOf(clientOf(server).init())).toMatchObject({ status: 302, reason: 'Found' })
    expect(server.asked).toHaveLength(4)
  })

  it.each([
    ['another origin', (foreign: string) => `${foreign}/apim/x`],
    ['nowhere', () => 'http://'],
    ['its own origin with a login', (_: string, own: string) => own.replace('://', '://me:pw@')],
  ])('to %s are an error, also for the password', async (_, locate) => {
    const foreign = await serveScript([greeting, loggedIn])
    const away = (origin: string) => redirect(307, locate(foreign.origin, origin))
    const server = await serveScript([away, greeting, away])
    const ks = clientOf(server)
    expect(await errorOf(ks.init())).toMatchObject({ status: 307, reason: 'Temporary Redirect', body: 'elsewhere' })
    expect(await errorOf(ks.login('secret'))).toMatchObject({ status: 307 })
    expect(server.asked).toHaveLength(3)
    expect(foreign.asked).toEqual([])
  })

  it('are an error in a browser, which tells a page nothing about them', async () => {
    const hidden = Object.defineProperties(new Response(), { status: { value: 0 }, type: { value: 'opaqueredirect' } })
    const ks = new KSTradeApi({ ...OPTIONS, fetch: async () => hidden })
    expect(await errorOf(ks.init())).toMatchObject({ status: 0, reason: 'Network error: The server redirects.' })
  })
})

describe('a redirect.host of init', () => {
  it('on the same origin becomes the host, and init is repeated once', async () => {
    const server = await serveScript([(origin) => moveTo(`${origin}/v2`), (origin) => moveTo(`${origin}/v3`), loggedIn])
    const ks = clientOf(server)
    await ks.login('secret')
    expect(ks.host).toBe(`${server.origin}/v2`)
    expect(linesOf(server)).toEqual([
      `GET ${INIT}`,
      'GET /v2/session/1.0/session/init',
      'POST /v2/session/1.0/session/login/userid',
    ])
  })

  it('that differs by a slash at the end is another URL', async () => {
    const server = await serveScript([(origin) => moveTo(`${origin}/apim/`), (origin) => moveTo(`${origin}/apim/`)])
    const ks = clientOf(server)
    await ks.init()
    expect([ks.host, server.asked.length]).toEqual([`${server.origin}/apim/`, 2])
  })

  it('on a foreign origin is an error, and nothing is sent there', async () => {
    const foreign = await serveScript([greeting, loggedIn])
    const server = await serveScript([moveTo(`${foreign.origin}/apim`), moveTo(`${foreign.origin}/apim`)])
    const ks = clientOf(server, { allowedHosts: ['https://other.example'] })
    const refusal = new KsValueError(`Server asked to move to ${foreign.origin}; add it to allowedHosts`)
    expect(await errorOf(ks.init())).toEqual(refusal)
    expect(await errorOf(ks.login('secret'))).toEqual(refusal)
    expect([ks.host, foreign.asked]).toEqual([hostOf(server), []])
  })

  it('on an allowed origin becomes the host', async () => {
    const foreign = await serveScript([greeting, loggedIn])
    const server = await serveScript([moveTo(`${foreign.origin}/apim`)])
    const ks = clientOf(server, { allowedHosts: [foreign.origin] })
    await ks.login('secret')
    expect([ks.host, server.asked.length, foreign.asked.length]).toEqual([`${foreign.origin}/apim`, 1, 2])
  })

  it('does not move the client before the server there has answered', async () => {
    const server = await serveScript([(origin) => moveTo(`${origin}/v2`), fault(500, 101500)])
    const ks = clientOf(server)
    expect(await errorOf(ks.init())).toMatchObject({ status: 500 })
    expect(ks.host).toBe(hostOf(server))
  })
})

describe('errors', () => {
  it('of the server carry status, phrase, text and fault', async () => {
    const reply = fault(401, 900901, 'Invalid Credentials')
    const server = await serveScript([reply])
    const error = await errorOf(clientOf(server).init())
    const body = JSON.stringify(reply.body)
    expect(error).toBeInstanceOf(KsApiError)
    expect(error).toMatchObject({
      name: 'KsApiError',
      message: `(401)\nReason: Unauthorized\nHTTP response body: ${body}`,
      status: 401,
      reason: 'Unauthorized',
      body,
      fault: { code: 900901, message: 'Invalid Credentials', description: 'd' },
    })
    expect(error).not.toHaveProperty('retryAfter')
  })

  it('need no body', async () => {
    const server = await serveScript([{ status: 401 }])
    const error = await errorOf(clientOf(server).init())
    expect(error).toMatchObject({ status: 401, reason: 'Unauthorized', body: '' })
    expect(error).not.toHaveProperty('fault')
  })

  it.each(['<h1>Bad gateway', '{"fault":7}', '{"fault":{"code":"x","message":1}}', '[]', 'null'])(
    'of something in between carry its text: %s',
    async (body) => {
      const server = await serveScript([{ status: 502, body }])
      const error = await errorOf(clientOf(server).init())
      expect(error).toMatchObject({ status: 502, reason: 'Bad Gateway', body })
      expect(error).not.toHaveProperty('fault')
    },
  )

  it('in a 2xx take status and reason from the fault', async () => {
    const server = await serveScript([fault(200, 100000, 'Invalid input')])
    expect(await errorOf(clientOf(server).init())).toMatchObject({
      status: 100000,
      reason: 'Invalid input',
      fault: { code: 100000, message: 'Invalid input', description: 'd' },
    })
  })

  it.each<[string, unknown]>([
    ['is not JSON', 'OK'],
    ['is empty', ''],
    ['is an array', []],
    ['is null', 'null'],
    ['has no Success', { Failure: {} }],
    ['has an empty Success', { Success: {} }],
    ['has a Success that is no object', { Success: 'yes' }],
    ['lacks the redirect', { Success: { status: 'Success' } }],
    ['names no usable host', { Success: { redirect: { host: 'here', port: 1 } } }],
    ['has a malformed fault', { fault: {}, Success: { redirect: { host: 'http://h' } } }],
  ])('say that a 2xx is unexpected which %s', async (_, body) => {
    const server = await serveScript([{ body }])
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    expect(await errorOf(clientOf(server).init())).toMatchObject({
      status: 200,
      reason: 'Unexpected response',
      body: text,
    })
  })

  it.each([undefined, 7, '', 'two\r\nlines', '\u20b9'])('refuse the one-time token %j', async (oneTimeToken) => {
    const server = await serveScript([greeting, { body: { Success: { oneTimeToken, Status: 'Temporary' } } }])
    const ks = clientOf(server)
    expect(await errorOf(ks.login('secret'))).toMatchObject({ status: 200, reason: 'Unexpected response' })
    expect(ks.oneTimeToken).toBeUndefined()
  })

  it('refuse a session without its token', async () => {
    const server = await serveScript([greeting, loggedIn, { body: { success: { clientCode: 'S4MPL3' } } }])
    const ks = clientOf(server)
    await ks.login('secret')
    expect(await errorOf(ks.session2fa())).toMatchObject({ status: 200, reason: 'Unexpected response' })
    expect([ks.oneTimeToken, ks.sessionToken]).toEqual([ONE_TIME_TOKEN, undefined])
  })

  it('accept a success under either name', async () => {
    const server = await serveScript([greeting, { body: { Success: {}, success: { oneTimeToken: ONE_TIME_TOKEN } } }])
    const ks = clientOf(server)
    await ks.login('secret')
    expect(ks.oneTimeToken).toBe(ONE_TIME_TOKEN)
  })

  it.each([200, 500])('cut off a body of more than 1 MiB, with status %d', async (status) => {
    const longest = { body: JSON.stringify(moveTo('http://h/apim').body).padEnd(1 << 20) }
    const fits = await serveScript([longest])
    expect(await errorOf(clientOf(fits).init())).toBeInstanceOf(KsValueError)
    const server = await serveScript([{ status, body: `${longest.body} ` }])
    const error = await errorOf(clientOf(server).init())
    expect(error).toMatchObject({ status, reason: 'Unexpected response', body: longest.body })
  })
})

describe('no answer', () => {
  it('is a timeout when the reply is withheld, or does not end', async () => {
    const server = await serveScript(['withhold'])
    const error = await errorOf(clientOf(server, { timeoutMs: 50 }).init())
    expect(error).toMatchObject({
      status: 0,
      reason: 'Timeout after 50 ms',
      body: '',
      message: '(0)\nReason: Timeout after 50 ms\nHTTP response body: ',
    })
    expect(server.asked).toHaveLength(1)
  })

  it('is one timeout for a chain of redirects', async () => {
    const hop: Reply = { status: 302, headers: { location: '/apim/next' } }
    const server = await serveScript([hop, hop, 'withhold'])
    expect(await errorOf(clientOf(server, { timeoutMs: 100 }).init())).toMatchObject({ reason: 'Timeout after 100 ms' })
    expect(server.asked).toHaveLength(3)
  })

  it('is a network error when nothing listens, after the retries that were asked for', async () => {
    const server = await serveScript([])
    closeServers()
    const error = await errorOf(clientOf(server, { maxRetries: 1 }).init())
    const port = new URL(server.origin).port
    expect(error).toMatchObject({ status: 0, reason: `Network error: connect ECONNREFUSED 127.0.0.1:${port}` })
  })

  it('is a network error when the reply breaks off or is no HTTP', async () => {
    const server = await serveScript(['break'])
    expect(await errorOf(clientOf(server).init())).toMatchObject({
      status: 0,
      reason: 'Network error: other side closed',
    })
    const garbage = createServer((socket) => socket.end('garbage\r\n\r\n'))
    await new Promise<void>((resolve) => garbage.listen(0, '127.0.0.1', resolve))
    const { port } = garbage.address() as { port: number }
    const ks = new KSTradeApi({ ...OPTIONS, host: `http://127.0.0.1:${port}`, maxRetries: 0 })
    expect(await errorOf(ks.init())).toMatchObject({ status: 0, reason: expect.stringMatching(/^Network error: /) })
    garbage.close()
  })

  it('is a network error when nobody vouches for the certificate', async () => {
    const server = await serveScript([greeting], makeSelfSigned())
    const error = await errorOf(clientOf(server, { maxRetries: 0 }).init())
    expect(error).toMatchObject({ status: 0, reason: expect.stringContaining('self-signed certificate') })
    expect(server.asked).toEqual([])
  })
})
