import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { bodyOf } from './testing/body-of.ts'
import { readReply, sendRaw } from './testing/raw-socket.ts'
import { startTestServer } from './testing/test-server.ts'

const host = 'Host: localhost\r\n'
const shortened = { headMs: 200, requestMs: 400, checkMs: 50, drainRequestsMs: 600, drainAllMs: 900 }
const config = { credential: 'none', rateClass: 'api' } as const

describe('slow clients', () => {
  it('are told 408 when head or body does not arrive in time', async () => {
    const server = await startTestServer({ limits: shortened }, (app) =>
      app.fastify.post('/api/echo', { config }, async (request) => request.body),
    )
    const half = `POST /api/echo HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{`
    const replies = await Promise.all([sendRaw(server.port, 'GET /api/he'), sendRaw(server.port, half)])
    for (const text of replies) {
      const reply = readReply(text)
      expect([reply.status, reply.body['success'], reply.head.includes('retry-after: 1')]).toEqual([408, 'false', true])
    }
    await server.app.close()
  })

  it('cannot open more sockets than an address may have, unless it is a listed proxy', async () => {
    const limits = { socketsPerAddress: 3 }
    for (const [trustProxy, refused] of [
      [[], 2],
      [['127.0.0.1'], 0],
    ] as const) {
      const server = await startTestServer({ limits, trustProxy })
      const sockets = await Promise.all(Array.from({ length: 5 }, () => open(server.port)))
      await wait(150)
      expect(sockets.filter((socket) => socket.closed).length).toBe(refused)
      for (const socket of sockets) socket.destroy()
      await server.app.close()
    }
  })

  it('are asked to reconnect after the requests one socket may send', async () => {
    const server = await startTestServer({ limits: { requestsPerSocket: 2 } })
    const text = await sendRaw(server.port, `GET /livez HTTP/1.1\r\n${host}\r\n`.repeat(3))
    expect(text.match(/HTTP\/1\.1 200/g)?.length).toBe(2)
    await server.app.close()
  })

  it('get 503 when a handler takes longer than it may', async () => {
    const server = await startTestServer({ limits: { handlerMs: 50 } }, (app) =>
      app.fastify.get('/api/slow', { config }, () => wait(2_000)),
    )
    const reply = await server.get('/api/slow')
    expect([reply.status, (await bodyOf(reply)).code, reply.headers.get('retry-after')]).toEqual([
      503,
      'unavailable',
      '1',
    ])
    await server.app.close()
  })
})

describe('stopping', () => {
  it('lets running requests finish, takes no new ones, and cuts half a request and idle sockets', async () => {
    const server = await startTestServer({ limits: shortened }, (app) =>
      app.fastify.get('/api/slow', { config }, () => wait(200, { done: true })),
    )
    const running = Array.from({ length: 5 }, () => server.get('/api/slow'))
    const [half, idle] = [await open(server.port), await open(server.port)]
    half.write('GET /api/hea')
    await wait(60)
    const closing = server.app.close()
    for (const reply of await Promise.all(running)) {
      expect([reply.status, reply.headers.get('connection')]).toEqual([200, 'close'])
      expect(await bodyOf(reply)).toEqual({ done: true })
    }
    await closing
    await Promise.all([half, idle].map((socket) => socket.closed || once(socket, 'close')))
    await expect(server.get('/livez')).rejects.toThrow()
  })

  it('tells requests that outlast their time 503 and then ends', async () => {
    const server = await startTestServer({ limits: { ...shortened, drainRequestsMs: 100 } }, (app) =>
      app.fastify.get('/api/stuck', { config }, () => wait(5_000, null, { ref: false })),
    )
    const stuck = server.get('/api/stuck')
    await wait(60)
    await server.app.close()
    const reply = await stuck
    expect([reply.status, (await bodyOf(reply)).code]).toEqual([503, 'unavailable'])
  })

  it('shows in /readyz while /livez stays well', async () => {
    let store = true
    const hung = { name: 'disk', check: () => new Promise<boolean>(() => undefined) }
    const server = await startTestServer({ readyChecks: [{ name: 'store', check: async () => store }] })
    expect((await server.get('/readyz')).status).toBe(200)
    store = false
    const failed = await server.get('/readyz')
    expect([failed.status, await bodyOf(failed)]).toEqual([503, { status: 'not_ready', checks: { store: 'failed' } }])
    store = true
    server.app.beginDrain()
    expect([(await server.get('/readyz')).status, (await server.get('/livez')).status]).toEqual([503, 200])
    await server.app.close()
    const second = await startTestServer({ readyChecks: [hung] })
    expect((await second.get('/readyz')).status).toBe(503)
    await second.app.close()
  })
})

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => socket.destroy())
  socket.resume()
  await once(socket, 'connect')
  return socket
}
