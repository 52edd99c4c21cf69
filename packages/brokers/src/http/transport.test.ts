import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { makeSelfSigned } from '../../../client/testing/self-signed.ts'
import type { ResolveAll } from './agent.ts'
import { json, startStandIn } from './testing/stand-in.ts'
import { createTestPort, operations } from './testing/test-port.ts'

const mebibyte = 1024 * 1024
const quick = { connectMs: 200, headMs: 150, idleMs: 150, totalMs: 300 }
const addressFor =
  (...addresses: readonly string[]): ResolveAll =>
  (_hostname, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    )

describe('a request', () => {
  it('BZ-2 takes a GET and its body over byte for byte, with Content-Length', async () => {
    const server = await startStandIn(json({}))
    const { call } = createTestPort(server.address)
    const body = '{"exchange_code":"NSE","note":"é₹ \\u0000"}'
    await call(operations.once, { body, headers: { 'Content-Type': 'application/json' } })
    await call(operations.once, { body: '{}' })
    expect(server.requests.map((request) => [request.method, request.url, request.body])).toEqual([
      ['GET', '/once', body],
      ['GET', '/once', '{}'],
    ])
    const [first] = server.requests
    expect(first?.headers).toMatchObject({
      'content-length': String(Buffer.byteLength(body)),
      'content-type': 'application/json',
    })
    expect(first?.headers).not.toHaveProperty('transfer-encoding')
  })

  it('goes below the path of its base address, with path and query encoded', async () => {
    const server = await startStandIn(json({}))
    const { call } = createTestPort(`${server.address}/base/`)
    await call(operations.item, {
      path: { kind: 'a/../b?c#d', id: 'M&M %2F' },
      query: [
        ['i', 'NSE:M&M'],
        ['i', 'NSE:NIFTY 50'],
      ],
    })
    expect(server.requests[0]?.url).toBe(
      '/base/items/a%2F..%2Fb%3Fc%23d/M%26M%20%252F?i=NSE%3AM%26M&i=NSE%3ANIFTY%2050',
    )
  })

  it('with a header no vendor could have asked for is rejected without a connection', async () => {
    const server = await startStandIn(json({}))
    const { failed } = createTestPort(server.address)
    const error = await failed(operations.once, { headers: { authorization: 'token ₹:\r\nx: y' } })
    expect([error.failure, server.connections()]).toEqual(['rejected', 0])
  })

  it('trusts a certificate that is vouched for', async () => {
    const certificate = makeSelfSigned()
    const trusted = getCACertificates('default')
    onTestFinished(() => setDefaultCACertificates(trusted))
    setDefaultCACertificates([...trusted, certificate.cert])
    const server = await startStandIn(json({ safe: true }), certificate)
    const { call } = createTestPort(server.address)
    expect(await call(operations.once)).toEqual({ safe: true })
  })
})

describe('an answer', () => {
  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['Deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['identity', (plain: Buffer) => plain],
  ])('in %s is unpacked', async (encoding, pack) => {
    const text = JSON.stringify({ rows: Array.from({ length: 2_000 }, (_, row) => `row ${row}`) })
    const server = await startStandIn((response) =>
      response.writeHead(200, { 'content-encoding': encoding, 'x-note': ['a', 'b'] }).end(pack(Buffer.from(text))),
    )
    const { call } = createTestPort(server.address)
    const read = vi.fn(({ body }) => body.toString('utf8'))
    expect(await call(operations.once, { read })).toBe(text)
    expect(read.mock.calls[0]?.[0]).toMatchObject({ status: 200, headers: { 'x-note': 'a, b' } })
  })

  it.each([
    ['HTML with status 200', '<html>sign in</html>', {}],
    ['a broken encoding', 'no gzip', { 'content-encoding': 'gzip' }],
    ['a cut encoding', gzipSync('{"a":1}').subarray(0, 20), { 'content-encoding': 'gzip' }],
    ['an unknown encoding', '{}', { 'content-encoding': 'compress' }],
    ['two encodings', gzipSync(gzipSync('{}')), { 'content-encoding': 'gzip, gzip' }],
    ['a head without end', '{}', { 'x-long': 'x'.repeat(20_000) }],
  ])('with %s is malformed', async (_, body, headers) => {
    const server = await startStandIn((response) => response.writeHead(200, headers).end(body))
    const { failed } = createTestPort(server.address)
    expect((await failed(operations.once)).failure).toBe('malformed')
  })

  it('that is no HTTP is malformed', async () => {
    const server = await startStandIn((response) => response.socket?.end('SSH-2.0-OpenSSH\r\n\r\n'))
    const { failed } = createTestPort(server.address)
    expect(await failed(operations.once)).toMatchObject({ failure: 'malformed', cause: 'NOT_HTTP' })
  })

  it.each([
    ['json', 5 * mebibyte, operations.once],
    ['file', 16 * mebibyte, operations.file],
  ])('of size %s is read up to %d bytes, and not one more', async (_, limit, operation) => {
    const sent = { bytes: limit }
    const server = await startStandIn((response) => response.end(Buffer.alloc(sent.bytes)))
    const { call, failed } = createTestPort(server.address)
    const read = ({ body }: { body: Buffer }) => body.length
    expect(await call(operation, { read })).toBe(limit)
    sent.bytes += 1
    expect(await failed(operation, { read })).toMatchObject({ failure: 'malformed', cause: 'TOO_LARGE' })
  })

  it('without a length is cut off while it comes', async () => {
    let written = 0
    const server = await startStandIn((response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024))) written += 64 * 1024
      }
      response.on('drain', more)
      more()
    })
    const { failed } = createTestPort(server.address)
    expect((await failed(operations.once)).failure).toBe('malformed')
    await server.noneLeft()
    expect(written).toBeLessThan(20 * mebibyte)
  })

  it.each([
    ['json', 5 * mebibyte, operations.once],
    ['file', 64 * mebibyte, operations.file],
  ])('of size %s may unpack to %d bytes, and not one more', async (_, limit, operation) => {
    const sent = { bytes: limit }
    const server = await startStandIn((response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(sent.bytes))),
    )
    const { call, failed } = createTestPort(server.address)
    const read = ({ body }: { body: Buffer }) => body.length
    expect(await call(operation, { read })).toBe(limit)
    sent.bytes += 1
    expect(await failed(operation, { read })).toMatchObject({ failure: 'malformed', cause: 'TOO_LARGE' })
  })

  it.each([301, 302, 303, 307, 308, 304, 300])(
    'that redirects with %d is malformed and not followed',
    async (status) => {
      const elsewhere = await startStandIn(json({}))
      const server = await startStandIn((response) =>
        response.writeHead(status, { location: `${elsewhere.address}/once` }).end(),
      )
      const read = vi.fn()
      const { failed } = createTestPort(server.address)
      expect(await failed(operations.once, { read })).toMatchObject({ failure: 'malformed', cause: 'REDIRECT' })
      expect([elsewhere.connections(), read.mock.calls.length]).toEqual([0, 0])
    },
  )

  it('that redirects to the address of a cloud is not followed', async () => {
    const server = await startStandIn((response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).write('moved'),
    )
    const { failed } = createTestPort(server.address)
    expect((await failed(operations.once)).failure).toBe('malformed')
    await server.noneLeft()
  })
})

describe('a connection', () => {
  it('that is refused is unavailable', async () => {
    const { failed } = createTestPort('http://127.0.0.1:1')
    expect(await failed(operations.once)).toMatchObject({ failure: 'unavailable', cause: 'ECONNREFUSED' })
  })

  it('with a certificate nobody vouches for is unavailable, whatever the environment says', async () => {
    const server = await startStandIn(json({}), makeSelfSigned())
    const { failed } = createTestPort(server.address)
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(await failed(operations.once)).toMatchObject({
      failure: 'unavailable',
      cause: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    })
    expect(server.requests).toEqual([])
  })

  it('whose TLS never ends is unavailable when its time is over', async () => {
    const silent = createServer()
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void silent.close())
    const { port } = silent.address() as { port: number }
    const { failed } = createTestPort(`https://127.0.0.1:${port}`, { deadlines: { connectMs: 100 } })
    expect(await failed(operations.once)).toMatchObject({ failure: 'unavailable', cause: 'CONNECT_TIMEOUT' })
  })

  it.each([
    ['reset after the head', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n', true],
    ['ended before the length that was told', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{"a"', false],
    ['ended within a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"a"', false],
    ['ended before the head', '', false],
  ])('%s is unavailable', async (_, sent, isReset) => {
    const server = await startStandIn((response) => {
      const socket = response.socket
      socket?.write(sent)
      setTimeout(() => (isReset ? socket?.resetAndDestroy() : socket?.end()), 20)
    })
    const { failed } = createTestPort(server.address)
    expect((await failed(operations.once)).failure).toBe('unavailable')
    await server.noneLeft()
  })

  it.each([['127.0.0.1'], ['10.1.2.3'], ['169.254.169.254'], ['127.0.0.1', '192.168.1.1']])(
    'to a public name that resolves to %s is not made',
    async (...addresses) => {
      const server = await startStandIn(json({}), makeSelfSigned())
      const { port } = new URL(server.address)
      const { failed } = createTestPort(`https://vendor.example:${port}`, { resolveAll: addressFor(...addresses) })
      expect(await failed(operations.once)).toMatchObject({ failure: 'unavailable', cause: 'PRIVATE_ADDRESS' })
      expect(server.connections()).toBe(0)
    },
  )

  it('is checked anew each time a name is resolved', async () => {
    const answers = [['203.0.114.1'], ['127.0.0.1']]
    const resolveAll = vi.fn<ResolveAll>((...parts) => addressFor(...(answers.shift() ?? []))(...parts))
    const { failed } = createTestPort('https://vendor.example:9', { resolveAll, deadlines: quick })
    const first = await failed(operations.once)
    const second = await failed(operations.once)
    expect([first.cause, second.cause]).not.toEqual(['PRIVATE_ADDRESS', 'PRIVATE_ADDRESS'])
    expect(second).toMatchObject({ failure: 'unavailable', cause: 'PRIVATE_ADDRESS' })
    expect(resolveAll).toHaveBeenCalledTimes(2)
  })

  it('to a name that does not resolve is unavailable', async () => {
    const resolveAll: ResolveAll = (_hostname, _options, callback) =>
      callback(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), [])
    const { failed } = createTestPort('https://vendor.example', { resolveAll })
    expect(await failed(operations.once)).toMatchObject({ failure: 'unavailable', cause: 'ENOTFOUND' })
  })

  it('may be private where the operator lists the host', async () => {
    const server = await startStandIn(json({ here: true }))
    const { port } = new URL(server.address)
    const { call } = createTestPort(`http://sandbox.example:${port}`, {
      allowPrivate: ['rest'],
      resolveAll: addressFor('127.0.0.1'),
    })
    expect(await call(operations.once)).toEqual({ here: true })
  })
})

describe('a deadline', () => {
  it.each([
    ['a silent vendor', () => undefined, 'UND_ERR_HEADERS_TIMEOUT', { ...quick, totalMs: 5_000 }],
    [
      'a vendor silent after its head',
      (socket: WritableLike) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{'),
      'UND_ERR_BODY_TIMEOUT',
      { ...quick, totalMs: 5_000 },
    ],
    [
      'a vendor that sends a byte now and then',
      (socket: WritableLike) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n')
        const timer = setInterval(() => socket.write(' '), 20)
        socket.on('close', () => clearInterval(timer))
      },
      'DEADLINE',
      quick,
    ],
    [
      'a vendor whose head comes byte by byte',
      (socket: WritableLike) => {
        const timer = setInterval(() => socket.write('H'.slice(0, 1)), 1_000)
        socket.on('close', () => clearInterval(timer))
      },
      'UND_ERR_HEADERS_TIMEOUT',
      { ...quick, totalMs: 5_000 },
    ],
  ])('ends the wait for %s, and its socket', async (_, answer, cause, deadlines) => {
    const server = await startStandIn((response) => response.socket !== null && answer(response.socket))
    const { failed } = createTestPort(server.address, { deadlines })
    expect(await failed(operations.once)).toMatchObject({ failure: 'timeout', cause })
    await server.noneLeft()
  })

  it('ends a reader that does not end', async () => {
    const server = await startStandIn(json({}))
    const { failed } = createTestPort(server.address, { deadlines: quick })
    const read = () => new Promise(() => undefined)
    expect(await failed(operations.once, { read })).toMatchObject({ failure: 'timeout', cause: 'DEADLINE' })
  })

  it('holds for all tries together', async () => {
    const server = await startStandIn(() => undefined)
    // A head is late after a second at the earliest, such are the client's timers.
    const { failed } = createTestPort(server.address, { deadlines: { headMs: 150, totalMs: 1_500 } })
    expect(await failed(operations.retried)).toMatchObject({ failure: 'timeout', cause: 'DEADLINE' })
    expect(server.requests.length).toBe(2)
    await server.noneLeft()
  })
})

interface WritableLike {
  write(text: string): unknown
  on(event: 'close', heard: () => void): unknown
}

describe('an abort', () => {
  it('rejects with the reason of the caller and closes the socket', async () => {
    const server = await startStandIn(() => undefined)
    const { call } = createTestPort(server.address)
    const caller = new AbortController()
    const reason = { gone: true }
    const answer = call(operations.retried, { signal: caller.signal })
    await vi.waitUntil(() => server.requests.length === 1)
    caller.abort(reason)
    await expect(answer).rejects.toBe(reason)
    await server.noneLeft()
    expect(server.requests.length).toBe(1)
  })

  it('before the call makes none', async () => {
    const server = await startStandIn(json({}))
    const { call } = createTestPort(server.address)
    await expect(call(operations.once, { signal: AbortSignal.abort('early') })).rejects.toBe('early')
    expect(server.connections()).toBe(0)
  })

  it('while the body comes closes the socket', async () => {
    const server = await startStandIn((response) => {
      response.writeHead(200, { 'content-length': '10' }).write('{')
    })
    const { call } = createTestPort(server.address)
    const caller = new AbortController()
    const answer = call(operations.once, { signal: caller.signal })
    await vi.waitUntil(() => server.requests.length === 1)
    setTimeout(() => caller.abort('enough'), 30)
    await expect(answer).rejects.toBe('enough')
    await server.noneLeft()
  })
})

describe('closing', () => {
  it('ends calls under way, waiting ones and all sockets, and can be done twice', async () => {
    const server = await startStandIn((response, { url }) => url === '/once' && response.end('{}'))
    const { port, call, failed } = createTestPort(server.address, { places: { atOnce: 1, waiting: 1 } })
    await call(operations.once)
    const ended = [failed(operations.file), failed(operations.file)]
    await vi.waitUntil(() => server.requests.length === 2)
    await Promise.all([port.close(), port.close()])
    for (const error of await Promise.all(ended))
      expect(error).toMatchObject({ failure: 'unavailable', cause: 'CLOSED' })
    await server.noneLeft()
    expect(await failed(operations.once)).toMatchObject({ failure: 'unavailable', cause: 'CLOSED' })
    expect(server.requests.length).toBe(2)
  })
})

it('tells of an answer that was not understood nothing but that', async () => {
  const secret = randomBytes(12).toString('hex')
  const server = await startStandIn((response) => response.end(`{"token":"${secret}`))
  const { failed } = createTestPort(server.address)
  const error = await failed(operations.once)
  expect(error).toMatchObject({ failure: 'malformed', cause: 'NOT_UNDERSTOOD', vendorText: null })
  const everything = `${error.stack} ${JSON.stringify(error, Object.getOwnPropertyNames(error))}`
  expect(everything).not.toContain(secret)
  expect(everything).not.toContain(new URL(server.address).port)
})
