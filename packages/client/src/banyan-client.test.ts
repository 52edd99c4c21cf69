import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { ApiError, ConnectionError, createBanyanClient } from './index.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Answers every request with `body` and records what was asked. */
async function serveJson(body: unknown, status = 200, headers: Record<string, string> = {}) {
  const asked: string[] = []
  const baseUrl = await serve((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  })
  return { asked, client: createBanyanClient({ baseUrl }) }
}

const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.unreachable('the call should have failed'),
    (error: unknown) => error,
  )

describe('requests', () => {
  it('asks the documented paths and leaves out what was not given', async () => {
    const { asked, client } = await serveJson({})
    await client.snapshot()
    await client.movers()
    await client.movers(5)
    await client.marketMap(50)
    await client.instruments('tata steel', 8)
    await client.health()
    await client.zerodhaStatus()
    await client.iciciStatus()
    expect(asked).toEqual([
      '/api/index/snapshot',
      '/api/movers',
      '/api/movers?limit=5',
      '/api/market-map?limit=50',
      '/api/instruments?q=tata+steel&limit=8',
      '/api/health',
      '/api/zerodha/status',
      '/api/icici/status',
    ])
  })

  it('carries an ampersand in a symbol through path and query', async () => {
    const { asked, client } = await serveJson({})
    await client.quotes(['NSE:M&M', 'NSE:TCS'])
    await client.candles('NSE:M&M', { interval: 'week', from: '2021-01-01', adjusted: false })
    const [quotes, candles] = asked.map((url) => new URL(url, 'http://any'))
    expect(quotes?.searchParams.get('symbols')).toBe('NSE:M&M,NSE:TCS')
    expect(decodeURIComponent(candles?.pathname ?? '')).toBe('/api/candles/NSE:M&M')
    expect(candles?.search).toBe('?interval=week&from=2021-01-01&adjusted=false')
  })

  it('accepts a base URL with a trailing slash', async () => {
    const asked: string[] = []
    const baseUrl = await serve((request, response) => {
      asked.push(request.url ?? '')
      response.end('{}')
    })
    await createBanyanClient({ baseUrl: `${baseUrl}/` }).snapshot()
    expect(asked).toEqual(['/api/index/snapshot'])
  })

  it('returns the body as it came, nulls included', async () => {
    const body = { quotes: { 'NSE:TCS': { last_price: null } }, missing: ['NSE:NOPE'] }
    const { client } = await serveJson(body)
    expect(await client.quotes(['NSE:TCS', 'NSE:NOPE'])).toEqual(body)
  })
})

describe('refusals', () => {
  const refused = { success: 'false', message: 'm', error: 'm', msg: 'm', request_id: 'req_1' }

  it('carry code, status, every detail and the request id', async () => {
    const details = [{ field: 'symbols', reason: 'must name 1 to 50 instruments' }]
    const { client } = await serveJson({ ...refused, code: 'invalid_parameter', details }, 400)
    const error = await errorOf(client.quotes([]))
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({
      code: 'invalid_parameter',
      status: 400,
      details,
      requestId: 'req_1',
      retryAfterS: null,
    })
  })

  it('tell how long to wait after 429', async () => {
    const { client } = await serveJson({ ...refused, code: 'rate_limited' }, 429, { 'retry-after': '17' })
    expect(await errorOf(client.snapshot())).toMatchObject({ code: 'rate_limited', retryAfterS: 17, details: [] })
  })

  it('say that an answer is not ours when a proxy answers with a page', async () => {
    const baseUrl = await serve((_, response) =>
      response.writeHead(502, { 'x-request-id': 'edge' }).end('<h1>Bad gateway'),
    )
    const error = await errorOf(createBanyanClient({ baseUrl }).snapshot())
    expect(error).toMatchObject({ name: 'ApiError', code: 'unexpected_response', status: 502, requestId: 'edge' })
  })

  it('say the same of a success that is not JSON', async () => {
    const baseUrl = await serve((_, response) => response.end('<!doctype html>'))
    const error = await errorOf(createBanyanClient({ baseUrl }).movers())
    expect(error).toMatchObject({ code: 'unexpected_response', status: 200 })
  })

  it('do not include the 503 of a server that is down: its health is an answer', async () => {
    const { client } = await serveJson({ status: 'down' }, 503)
    expect(await client.health()).toEqual({ status: 'down' })
    expect(await errorOf(client.snapshot())).toMatchObject({ status: 503, code: 'unexpected_response' })
  })
})

describe('no answer', () => {
  it('is "unreachable" when nothing listens, with the cause kept', async () => {
    const baseUrl = await serve((_, response) => response.end())
    servers.splice(0)[0]?.close()
    const error = await errorOf(createBanyanClient({ baseUrl }).snapshot())
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ code: 'unreachable', cause: expect.anything() })
  })

  it('is "timeout" when the server stays silent, also in the middle of the body', async () => {
    const baseUrl = await serve((_, response) => response.writeHead(200).write('{"half":'))
    const error = await errorOf(createBanyanClient({ baseUrl, timeoutMs: 40 }).snapshot())
    expect(error).toMatchObject({ name: 'ConnectionError', code: 'timeout' })
  })

  it("rejects with the caller's own reason when the caller aborts", async () => {
    const baseUrl = await serve(() => undefined)
    const controller = new AbortController()
    const call = errorOf(createBanyanClient({ baseUrl }).snapshot({ signal: controller.signal }))
    controller.abort(new Error('left the page'))
    expect(await call).toEqual(new Error('left the page'))
  })
})
