import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyOf } from './testing/body-of.ts'
import { startTestServer, type TestServer } from './testing/test-server.ts'

const csvBodyBytes = 4_096
const csv = { 'content-type': 'text/csv' }

let server: TestServer
/** How reading each body of `/api/sheet` ended. */
let endings: string[] = []

beforeAll(async () => {
  const config = { credential: 'none', rateClass: 'none' } as const
  server = await startTestServer({ limits: { csvBodyBytes, bodyBytes: 2_048 } }, ({ fastify }) => {
    fastify.post('/api/sheet', { config: { ...config, body: 'csv' } }, async ({ body }) => {
      if (body === undefined) return { text: null }
      let text = ''
      try {
        for await (const piece of body as AsyncIterable<string>) text += piece
        endings.push('whole')
      } catch (error) {
        endings.push(String(error))
        throw error
      }
      return { text }
    })
    fastify.post('/api/other', { config }, async ({ body }) => ({ text: body ?? null }))
  })
})
afterAll(() => server.app.close())

async function send(path: string, body: unknown, headers: Record<string, string>) {
  const init = { method: 'POST', headers, body, duplex: 'half' }
  const reply = await server.get(path, init as RequestInit)
  const told = await bodyOf<{ text?: string | null; code?: string; message?: string }>(reply)
  return { status: reply.status, ...told, connection: reply.headers.get('connection') }
}

/** Sends the pieces in chunks of their own, without saying how long they are together. */
const chunked = (pieces: readonly Uint8Array[]) => ReadableStream.from(pieces)

describe('a route that takes CSV', () => {
  it('gets the text as it arrives, characters whole and without the byte order mark', async () => {
    const bytes = new TextEncoder().encode('\ufeffnotes\nआज ✓ "x"')
    const bytewise = chunked([...bytes].map((byte) => Uint8Array.of(byte)))
    expect(await send('/api/sheet', bytewise, csv)).toMatchObject({ status: 200, text: 'notes\nआज ✓ "x"' })
    for (const charset of ['utf-8', 'UTF8', '"utf-8"', 'us-ascii'])
      expect(await send('/api/sheet', 'a,b', { 'content-type': `text/csv; charset=${charset}` })).toMatchObject({
        status: 200,
        text: 'a,b',
      })
  })

  it('takes an empty body as none, whatever its type', async () => {
    for (const type of ['text/csv', 'application/json', 'text/plain'])
      expect(await send('/api/sheet', '', { 'content-type': type })).toMatchObject({ status: 200, text: null })
    expect(await send('/api/sheet', chunked([]), csv)).toMatchObject({ status: 200, text: null })
  })

  it('refuses what is larger than its own limit, told or not, and lets go of the connection', async () => {
    expect((await send('/api/sheet', 'x'.repeat(csvBodyBytes), csv)).status).toBe(200)
    const told = await send('/api/sheet', 'x'.repeat(csvBodyBytes + 1), csv)
    expect(told).toMatchObject({ status: 413, code: 'body_too_large', connection: 'close' })
    const half = new Uint8Array(csvBodyBytes / 2).fill(120)
    const untold = await send('/api/sheet', chunked([half, half, Uint8Array.of(120)]), csv)
    expect(untold).toMatchObject({ status: 413, code: 'body_too_large' })
  })

  it('refuses another type or coding, and says which it takes', async () => {
    for (const type of ['application/json', 'text/plain', 'text/csv; charset=utf-16'])
      expect(await send('/api/sheet', '{}', { 'content-type': type })).toMatchObject({
        status: 415,
        code: 'unsupported_media_type',
        message: 'Send the body as text/csv, in UTF-8.',
      })
    expect((await send('/api/sheet', '{', { 'content-type': 'application/json' })).status).toBe(415)
    expect((await send('/api/sheet', 'a', { ...csv, 'content-encoding': 'gzip' })).status).toBe(415)
  })

  it('refuses bytes that are not UTF-8, naming the body', async () => {
    for (const bytes of [Uint8Array.of(0xff, 0xfe, 0x61), Uint8Array.of(0x61, 0xe0, 0xa4)])
      expect(await send('/api/sheet', bytes, csv)).toMatchObject({
        status: 400,
        code: 'invalid_parameter',
        details: [{ field: 'body', reason: 'must be UTF-8 text' }],
      })
  })

  it('learns of a body that breaks off, and it is no failure of the server', async () => {
    endings = []
    const socket = connect(server.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write('POST /api/sheet HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 100\r\n\r\na,b')
    socket.end()
    await expect.poll(() => endings.length).toBe(1)
    expect(endings[0]).toContain('body broke off before its end')
    expect(server.lines.filter((line) => line.includes('"level":"error"'))).toEqual([])
  })
})

describe('any other route', () => {
  it('refuses CSV as it does every type but JSON', async () => {
    expect(await send('/api/other', 'a,b', csv)).toMatchObject({ status: 415, code: 'unsupported_media_type' })
    expect((await send('/api/other', 'x'.repeat(2_049), csv)).status).toBe(413)
    expect(await send('/api/other', '', csv)).toMatchObject({ status: 200, text: null })
  })
})
