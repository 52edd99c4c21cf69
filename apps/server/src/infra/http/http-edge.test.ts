import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { httpLimits } from './http-limits.ts'
import { bodyOf } from './testing/body-of.ts'
import { readReply, sendRaw } from './testing/raw-socket.ts'
import { startTestServer, type TestServer } from './testing/test-server.ts'

const host = 'Host: localhost\r\n'
const close = 'Connection: close\r\n'

describe('requests that are hardly HTTP', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({}, (app) => {
      app.fastify.route({
        method: ['POST', 'DELETE', 'PUT'],
        url: '/api/echo',
        config: { credential: 'none', rateClass: 'api' },
        handler: async (request) => ({ body: request.body ?? null }),
      })
      app.fastify.get('/api/broken', { config: { credential: 'none', rateClass: 'api' } }, async () => {
        throw new Error('secret=SELECT * FROM users')
      })
    })
  })
  afterAll(() => server.app.close())

  const refused: readonly (readonly [string, string, number, string])[] = [
    [
      'both length and chunks',
      `POST /api/echo HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      'invalid_parameter',
    ],
    [
      'two lengths',
      `POST /api/echo HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
      400,
      'invalid_parameter',
    ],
    ['a bare line feed', 'GET /api/health HTTP/1.1\nHost: localhost\n\n', 400, 'invalid_parameter'],
    ['a folded field', `GET /api/health HTTP/1.1\r\n${host}X-A: b\r\n c\r\n\r\n`, 400, 'invalid_parameter'],
    ['no Host', 'GET /api/health HTTP/1.1\r\n\r\n', 400, 'invalid_parameter'],
    ['two Hosts', `GET /api/health HTTP/1.1\r\n${host}${host}\r\n`, 400, 'invalid_parameter'],
    ['no HTTP at all', '\u0016\u0003\u0001\u0002\u0000\r\n\r\n', 400, 'invalid_parameter'],
    ['an unknown method', `FROB /api/health HTTP/1.1\r\n${host}\r\n`, 405, 'method_not_allowed'],
    [
      'a head over 16 KiB',
      `GET /api/health HTTP/1.1\r\n${host}X-A: ${'a'.repeat(17_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
    ['101 fields', `GET /api/health HTTP/1.1\r\n${host}${'X-A: b\r\n'.repeat(100)}\r\n`, 431, 'headers_too_large'],
    ['an address over 4 KiB', `GET /api/health?${'a'.repeat(4_200)} HTTP/1.1\r\n${host}\r\n`, 414, 'uri_too_long'],
    ['a bad escape', `GET /api/candles/% HTTP/1.1\r\n${host}${close}\r\n`, 400, 'invalid_parameter'],
    [
      'a body over 256 KiB',
      `POST /api/echo HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 262145\r\n\r\n`,
      413,
      'body_too_large',
    ],
    [
      'a text body',
      `POST /api/echo HTTP/1.1\r\n${host}${close}Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}`,
      415,
      'unsupported_media_type',
    ],
    [
      'a packed body',
      `POST /api/echo HTTP/1.1\r\n${host}${close}Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}`,
      415,
      'unsupported_media_type',
    ],
  ]
  it.each(refused)(
    'refuses %s with a body, an id and the headers of every reply',
    async (_what, bytes, status, code) => {
      const reply = readReply(await sendRaw(server.port, bytes))
      expect({ status: reply.status, code: reply.body['code'] }).toEqual({ status, code })
      expect(reply.body['request_id']).toMatch(/^req_[0-9a-z]{26}$/)
      expect(reply.head).toContain(`x-request-id: ${reply.body['request_id']}`)
      expect(reply.head).toContain('x-content-type-options: nosniff')
      expect(reply.head).toContain("content-security-policy: default-src 'none'; frame-ancestors 'none'")
      expect(reply.head).not.toMatch(/^server:/m)
    },
  )

  it('takes exactly 100 fields and exactly 256 KiB', async () => {
    const fields = 'X-A: b\r\n'.repeat(98)
    expect(await sendRaw(server.port, `GET /api/health HTTP/1.1\r\n${host}${close}${fields}\r\n`)).toMatch(
      /^HTTP\/1\.1 200/,
    )
    const body = `{"a":"${'x'.repeat(httpLimits.bodyBytes - 8)}"}`
    const reply = await post(body)
    expect(reply.status).toBe(200)
  })

  it.each([
    ['an array', '[]'],
    ['a number', '5'],
    ['broken text', '{'],
    ['33 levels', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`],
    ['10,001 members', `{"a":[${'1,'.repeat(10_000)}1]}`],
    ['a prototype key', '{"__proto__":{"x":1}}'],
    ['a constructor key', '{"constructor":{"prototype":{}}}'],
    ['500,000 levels', '['.repeat(200_000)],
  ])('refuses %s as a body with invalid_json', async (_what, body) => {
    const reply = await post(body)
    expect(reply.status).toBe(400)
    expect((await bodyOf(reply)).code).toBe('invalid_json')
  })

  it('takes 32 levels, and no body whatever its type says', async () => {
    expect((await post(`${'{"a":'.repeat(32)}1${'}'.repeat(32)}`)).status).toBe(200)
    for (const method of ['DELETE', 'PUT', 'POST']) {
      for (const type of ['application/json', 'text/plain']) {
        const reply = await server.get('/api/echo', { method, headers: { 'content-type': type } })
        expect([reply.status, await bodyOf(reply)]).toEqual([200, { body: null }])
      }
    }
  })

  it('tells nothing about an unexpected failure but its id, which the log knows with the place it came from', async () => {
    const reply = await server.get('/api/broken')
    const body = await bodyOf(reply)
    expect([reply.status, body.code, body.message]).toEqual([
      500,
      'internal_error',
      'Something went wrong on the server.',
    ])
    const record = server.lines.find((line) => line.includes(body.request_id) && line.includes('"level":"error"'))
    expect(record).toContain('http-edge.test.ts')
    expect(server.lines.join('')).not.toContain('SELECT')
  })

  it('decides in the order route, method, type', async () => {
    const text = { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } }
    expect((await server.get('/api/nope', text)).status).toBe(404)
    const wrongMethod = await server.get('/api/index/snapshot', text)
    expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    expect((await server.get('/api/echo', text)).status).toBe(415)
    expect((await server.get('/api/health/')).status).toBe(404)
    expect((await server.get('/API/health')).status).toBe(404)
    expect((await server.get('/metrics')).status).toBe(404)
  })

  it('never takes a request id from the client and keeps one record per line', async () => {
    const reply = await server.get('/api/health?x=%0d%0a%1b%e2%80%a8', { headers: { 'x-request-id': 'req_mine' } })
    expect(reply.headers.get('x-request-id')).not.toBe('req_mine')
    for (const line of server.lines) expect(line.trimEnd()).not.toMatch(/\p{Cc}|\u2028/u)
    expect(server.lines.join('')).not.toContain('?x=')
  })

  it('answers HEAD wherever GET is, without a body', async () => {
    for (const path of [
      '/api/index/snapshot',
      '/api/quotes?symbols=TCS',
      '/api/health',
      '/api/candles/TCS',
      '/livez',
    ]) {
      const [head, get] = [await server.get(path, { method: 'HEAD' }), await server.get(path)]
      expect([path, head.status, await head.text()]).toEqual([path, get.status, ''])
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
    }
  })

  it('answers preflights of public routes, and gives no origin away elsewhere', async () => {
    const asked = {
      method: 'OPTIONS',
      headers: { origin: 'https://x.example', 'access-control-request-method': 'GET' },
    }
    const reply = await server.get('/api/quotes', asked)
    expect([reply.status, reply.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
    expect(reply.headers.get('access-control-allow-credentials')).toBeNull()
    const closed = await server.get('/api/echo', asked)
    expect([closed.status, closed.headers.get('access-control-allow-origin')]).toEqual([405, null])
    expect((await server.get('/api/nope', asked)).status).toBe(404)
  })

  function post(body: string) {
    return server.get('/api/echo', { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  }
})

describe('a route that does not say who may call it', () => {
  it('keeps the server from starting', async () => {
    const bare = startTestServer({}, (app) => app.fastify.get('/api/bare', () => ''))
    await expect(bare).rejects.toThrow('GET /api/bare declares no credential')
    const odd = startTestServer({}, (app) =>
      app.fastify.get('/api/odd', { config: { credential: 'none', rateClass: 'qoutes' } }, () => ''),
    )
    await expect(odd).rejects.toThrow('GET /api/odd names an unknown rate class')
    const secret = startTestServer({}, (app) =>
      app.fastify.get('/api/mine', { config: { credential: 'user', rateClass: 'api' } }, () => ''),
    )
    await expect(secret).rejects.toThrow('a credential nobody checks')
  })
})
