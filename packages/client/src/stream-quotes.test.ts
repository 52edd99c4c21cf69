import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBanyanClient, type StreamEvent } from './index.ts'

let onStream: (response: ServerResponse) => void = () => undefined
const seen: { method: string; url: string; authorization: string | undefined }[] = []
const server = createServer((request, response) => {
  seen.push({ method: request.method ?? '', url: request.url ?? '', authorization: request.headers.authorization })
  if (request.method === 'POST') {
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"abc","expires_in":30,"missing":[]}')
    return
  }
  onStream(response)
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const clientOf = (token: string | null = null) =>
  createBanyanClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: () => token })
const quotes = 'event: quotes\ndata: {"quotes":{"NSE:TCS":{"last_price":1}},"as_of_ist":"x"}\n\n'
const head = { 'content-type': 'text/event-stream' }

describe('streamQuotes', () => {
  it('says what is wanted, opens the stream with the token, and yields events however they are cut', async () => {
    onStream = (response) => {
      response.writeHead(200, head).write(quotes.slice(0, 20))
      setTimeout(() => response.write(quotes.slice(20) + quotes), 20)
      setTimeout(() => response.end('event: beat\ndata: {"is_open":true}\n\nevent: other\ndata: {}\n\n'), 40)
    }
    const events: StreamEvent[] = []
    const reading = async () => {
      for await (const event of clientOf('mine').streamQuotes(['NSE:TCS'])) events.push(event)
    }
    await expect(reading()).rejects.toMatchObject({ name: 'ConnectionError', code: 'unreachable' })
    expect(events.map(({ kind }) => kind)).toEqual(['quotes', 'quotes', 'beat'])
    expect(events[0]).toMatchObject({ quotes: { 'NSE:TCS': { last_price: 1 } } })
    expect(seen).toEqual([
      { method: 'POST', url: '/api/stream', authorization: 'Bearer mine' },
      { method: 'GET', url: '/api/stream?id=abc', authorization: 'Bearer mine' },
    ])
  })

  it('throws what ends the stream on the server', async () => {
    onStream = (response) => response.writeHead(200, head).end('event: end\ndata: {"code":"session_revoked"}\n\n')
    await expect(clientOf().streamQuotes(['NSE:TCS']).next()).rejects.toMatchObject({
      name: 'ApiError',
      code: 'session_revoked',
      status: 401,
    })
  })

  it('throws a refusal with the code of the server', async () => {
    onStream = (response) => response.writeHead(404, head).end('{"code":"not_found","message":"There is nothing."}')
    await expect(clientOf().streamQuotes(['NSE:TCS']).next()).rejects.toMatchObject({ code: 'not_found', status: 404 })
  })

  it('ends without an error when its signal is aborted, and closes the connection', async () => {
    const closed = new Promise<void>((resolve) => {
      onStream = (response) => {
        response.once('close', resolve)
        response.writeHead(200, head).write(quotes)
      }
    })
    const leaving = new AbortController()
    let count = 0
    for await (const _event of clientOf().streamQuotes(['NSE:TCS'], { signal: leaving.signal })) {
      count += 1
      leaving.abort()
    }
    expect(count).toBe(1)
    await closed
  })

  it('closes the connection of a reader that leaves the loop', async () => {
    const closed = new Promise<void>((resolve) => {
      onStream = (response) => {
        response.once('close', resolve)
        response.writeHead(200, head).write(quotes)
      }
    })
    for await (const { kind } of clientOf().streamQuotes(['NSE:TCS'])) {
      expect(kind).toBe('quotes')
      break
    }
    await closed
  })
})
