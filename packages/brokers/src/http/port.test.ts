import { Secret } from '@banyan/domain'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { json, startStandIn } from './testing/stand-in.ts'
import { createTestPort, operations, readJson } from './testing/test-port.ts'
import { type UpstreamAnswer, Verdict } from './upstream-port.ts'

afterEach(() => vi.useRealTimers())
/** The clock stands still but for the test; timers, and so the deadlines of the network, go on. */
const stopClock = () => vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] })
const wait = (ms: number) => vi.setSystemTime(Date.now() + ms)

describe('what a reader says is what the call says', () => {
  it('with the vendor’s words scrubbed of every secret of the call', async () => {
    const server = await startStandIn(json({ message: 'key s3cr and token abcdefgh12345678 are\u0000 wrong' }, 403))
    const { failed } = createTestPort(server.address)
    const read = ({ body }: UpstreamAnswer) => {
      throw new Verdict('forbidden', { vendorText: JSON.parse(body.toString('utf8')).message, retryAfterS: null })
    }
    const error = await failed(operations.once, { read, secrets: [new Secret('s3cr')] })
    expect(error).toMatchObject({
      failure: 'forbidden',
      provider: 'vendor',
      operation: 'once',
      retryAfterS: null,
      vendorText: 'key [redacted] and token [redacted] are wrong',
    })
    expect(error.message).toBe('vendor once: forbidden')
    expect(error.cause).toBeUndefined()
  })

  it('and nothing when the vendor said nothing', async () => {
    const server = await startStandIn(json({}, 403))
    const { failed } = createTestPort(server.address)
    expect((await failed(operations.once)).vendorText).toBeNull()
  })

  it('also when it takes its time', async () => {
    const server = await startStandIn(json({ a: 1 }))
    const { call, failed } = createTestPort(server.address)
    const later = () => new Promise((resolve) => setTimeout(resolve, 5))
    expect(await call(operations.once, { read: (answer) => later().then(() => readJson(answer)) })).toEqual({ a: 1 })
    const read = () => later().then(() => Promise.reject(new Verdict('rejected')))
    expect((await failed(operations.once, { read })).failure).toBe('rejected')
  })
})

describe('further tries', () => {
  it.each([
    [503, 3],
    [504, 2],
    [429, 2],
    [403, 1],
  ])('after %d make %d in all', async (status, tries) => {
    const server = await startStandIn(json({}, status))
    const { failed } = createTestPort(server.address)
    await failed(operations.retried)
    expect(server.requests.length).toBe(tries)
  })

  it('go on until it is well', async () => {
    const answers = [503, 200]
    const server = await startStandIn((response, request) => json({ well: true }, answers.shift())(response, request))
    const { call } = createTestPort(server.address)
    expect(await call(operations.retried)).toEqual({ well: true })
  })

  it('are not made of a POST, nor of an operation that works once, whatever happened', async () => {
    const server = await startStandIn((response) => response.destroy())
    const { failed } = createTestPort(server.address)
    expect((await failed(operations.signIn)).failure).toBe('unavailable')
    expect((await failed(operations.once)).failure).toBe('unavailable')
    expect(server.requests.length).toBe(2)
  })

  it('are not waited for longer than the deadline', async () => {
    const server = await startStandIn(json({}, 503, { 'retry-after': '20' }))
    const { failed } = createTestPort(server.address)
    expect(await failed(operations.retried)).toMatchObject({ failure: 'unavailable', retryAfterS: 20 })
    expect(server.requests.length).toBe(1)
  })

  it.each([
    ['that keeps the circuit closed', 1_600],
    ['that opens it', 100],
    ['of many', 20],
  ])('in a minute of 503 %s make the calls at most 1.1 times as many as are asked for', async (_, gapMs) => {
    stopClock()
    const server = await startStandIn(json({}, 503))
    const { failed } = createTestPort(server.address)
    const demand = Math.floor(60_000 / gapMs)
    for (let call = 0; call < demand; call += 1) {
      expect((await failed(operations.retried)).failure).toBe('unavailable')
      wait(gapMs)
    }
    expect(server.requests.length).toBeLessThanOrEqual(1.1 * demand)
    // Without an open circuit every call goes out, and some of them again.
    if (gapMs === 1_600) expect(server.requests.length).toBeGreaterThan(demand)
    else expect(server.requests.length).toBeLessThan(20)
  })
})

describe('an ill vendor', () => {
  it('is left alone after 10 failed calls, then asked once', async () => {
    stopClock()
    let status = 500
    const server = await startStandIn((response, request) => json({}, status)(response, request))
    const { port, call, failed } = createTestPort(server.address)
    for (let attempt = 0; attempt < 10; attempt += 1) await failed(operations.once)
    expect(port.circuit()).toBe('open')
    const connections = server.connections()
    for (let attempt = 0; attempt < 50; attempt += 1) {
      expect(await failed(operations.once)).toMatchObject({ failure: 'unavailable', cause: 'CIRCUIT_OPEN' })
    }
    expect([server.requests.length, server.connections()]).toEqual([10, connections])
    status = 200
    expect(await call(operations.file)).toEqual({})
    wait(30_000)
    expect(port.circuit()).toBe('half_open')
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => call(operations.once)))
    expect(all.filter(({ status: ending }) => ending === 'fulfilled')).toHaveLength(1)
    expect([server.requests.length, port.circuit()]).toEqual([12, 'closed'])
  })

  it('whose users type wrong passwords is not ill', async () => {
    const server = await startStandIn(json({}, 403))
    const { port, failed } = createTestPort(server.address)
    for (let attempt = 0; attempt < 30; attempt += 1) await failed(operations.once)
    expect([server.requests.length, port.circuit()]).toEqual([30, 'closed'])
  })

  it('takes 10 calls at once, and 20 wait; the rest is unavailable without a connection', async () => {
    let open = 0
    let most = 0
    const server = await startStandIn((response) => {
      open += 1
      most = Math.max(most, open)
      setTimeout(() => {
        open -= 1
        response.end('{}')
      }, 20)
    })
    const { call } = createTestPort(server.address)
    const ends = await Promise.allSettled(Array.from({ length: 40 }, () => call(operations.once)))
    const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))
    expect([most, server.requests.length]).toEqual([10, 30])
    expect(refused).toHaveLength(10)
    for (const error of refused) expect(error).toMatchObject({ failure: 'unavailable', cause: 'BULKHEAD_FULL' })
  })
})

describe('a vendor that says 429', () => {
  const limits = (scope: 'key' | 'both') => ({ pace: { perMs: 1_000, calls: 1_000, scope } })

  it.each([5, 3_600])('with Retry-After %d gets no call until then, of nobody', async (seconds) => {
    stopClock()
    let status = 429
    const server = await startStandIn((response, request) =>
      json({}, status, { 'retry-after': `${seconds}` })(response, request),
    )
    const { call, failed } = createTestPort(server.address, { deadlines: { totalMs: 1_000 } })
    expect(await failed(operations.limited, { limitKey: 'a' })).toMatchObject({
      failure: 'rate_limited',
      retryAfterS: seconds,
    })
    status = 200
    wait(seconds * 1_000 - 2_000)
    for (const limitKey of ['a', 'b', null]) {
      const error = await failed(operations.limited, { limitKey })
      expect(error).toMatchObject({ failure: 'rate_limited', cause: 'NO_TOKEN', retryAfterS: 2 })
    }
    expect([server.requests.length, server.connections()]).toEqual([1, 1])
    wait(2_000)
    expect(await call(operations.limited, { limitKey: 'b' })).toEqual({})
  })

  it('about one key of those it counts lets the others go on after a minute', async () => {
    stopClock()
    let status = 429
    const server = await startStandIn((response, request) =>
      json({}, status, { 'retry-after': '3600' })(response, request),
    )
    const { call, failed } = createTestPort(server.address, { limits: limits('key') })
    await failed(operations.limited, { limitKey: 'a' })
    status = 200
    expect((await failed(operations.limited, { limitKey: 'b' })).retryAfterS).toBe(60)
    wait(60_000)
    expect(await call(operations.limited, { limitKey: 'b' })).toEqual({})
    expect((await failed(operations.limited, { limitKey: 'a' })).retryAfterS).toBe(3_540)
  })

  it('and not for how long is given a second', async () => {
    stopClock()
    const server = await startStandIn(json({}, 429))
    const { failed } = createTestPort(server.address, { deadlines: { totalMs: 500 } })
    expect((await failed(operations.limited)).retryAfterS).toBe(1)
    expect(await failed(operations.limited)).toMatchObject({ failure: 'rate_limited', cause: 'NO_TOKEN' })
    expect(server.requests.length).toBe(1)
  })

  it('to an operation without limits gets no call of that operation until then', async () => {
    stopClock()
    const server = await startStandIn((response, request) =>
      json({}, request.url === '/file' ? 429 : 200, { 'retry-after': '60' })(response, request),
    )
    const { call, failed } = createTestPort(server.address)
    await failed(operations.file)
    expect(await failed(operations.file)).toMatchObject({ cause: 'NO_TOKEN', retryAfterS: 60 })
    expect(await call(operations.once)).toEqual({})
    expect(server.requests.length).toBe(2)
  })
})

it('KC-4 calls asked for at once leave at the pace of the vendor', async () => {
  const seenAt: number[] = []
  const server = await startStandIn((response) => {
    seenAt.push(performance.now())
    response.end('{}')
  })
  const { call } = createTestPort(server.address, { limits: { pace: { perMs: 100, calls: 1, scope: 'both' } } })
  await Promise.all([call(operations.limited), call(operations.limited), call(operations.limited)])
  const [first = 0, second = 0, third = 0] = seenAt
  expect(Math.min(second - first, third - second)).toBeGreaterThan(80)
})

it('UP-3 two sessions of 100 calls each, in parallel, never see each other’s headers', async () => {
  const server = await startStandIn((response, { headers }) =>
    setTimeout(() => response.end(JSON.stringify({ authorization: headers.authorization })), Math.random() * 5),
  )
  const { call } = createTestPort(server.address)
  const session = async (name: string) => {
    for (let round = 0; round < 20; round += 1) {
      const token = `${name} ${round}`
      const headers = { authorization: token, 'x-only': name }
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => call(operations.once, { headers, body: token })),
      )
      expect(answers).toEqual(Array(5).fill({ authorization: token }))
    }
  }
  await Promise.all([session('a'), session('b')])
  expect(server.requests).toHaveLength(200)
  for (const { headers, body } of server.requests) {
    expect(headers.authorization).toBe(body)
    expect(body.split(' ')[0]).toBe(headers['x-only'])
  }
})
