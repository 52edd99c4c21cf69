import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { Redis } from 'ioredis'
import { afterAll, describe, expect, it } from 'vitest'
import { createAddressLimiter } from './address-limiter.ts'
import { createClientAddresses, limitKey } from './client-address.ts'
import { createRedisCounters } from './redis-counters.ts'
import { bodyOf } from './testing/body-of.ts'
import { createTestClock, startTestServer, type TestServer } from './testing/test-server.ts'

const limits = {
  api: { limit: 6, windowMs: 60_000 },
  quotes: { limit: 3, windowMs: 60_000, also: 'api' },
  candles: { limit: 3, windowMs: 60_000, also: 'api' },
  analysis: { limit: 3, windowMs: 60_000, also: 'api' },
  matches: { limit: 1, windowMs: 60_000, also: 'analysis' },
}

describe('address limits', () => {
  it('let the n-th request pass and refuse the next until the window ends, HEAD counting like GET', async () => {
    const server = await startTestServer({ rateLimit: 'on', addressLimits: limits })
    expect(await statuses(server, '/api/quotes?symbols=TCS', 2)).toEqual([200, 200])
    expect((await server.get('/api/quotes?symbols=TCS', { method: 'HEAD' })).status).toBe(200)
    const refused = await server.get('/api/quotes?symbols=TCS')
    expect([refused.status, (await bodyOf(refused)).code]).toEqual([429, 'rate_limited'])
    expect(refused.headers.get('retry-after')).toBe('60')
    expect([...refused.headers.keys()].filter((name) => name.includes('ratelimit'))).toEqual([])
    server.turn(59_001)
    expect((await server.get('/api/quotes?symbols=TCS')).headers.get('retry-after')).toBe('1')
    server.turn(999)
    expect((await server.get('/api/quotes?symbols=TCS')).status).toBe(200)
    await server.app.close()
  })

  it('count every route in the wide class, 404, 405 and preflights in none, and refuse before parameters are read', async () => {
    const server = await startTestServer({ rateLimit: 'on', addressLimits: limits })
    await statuses(server, '/api/nope', 10)
    await server.get('/api/quotes', { method: 'OPTIONS', headers: { 'access-control-request-method': 'GET' } })
    await server.get('/api/quotes', { method: 'POST' })
    expect(await statuses(server, '/api/index/snapshot', 3)).toEqual([200, 200, 200])
    expect(await statuses(server, '/api/candles/TCS?interval=bad', 4)).toEqual([400, 400, 400, 429])
    expect(await statuses(server, '/api/health', 1)).toEqual([429])
    expect(await statuses(server, '/livez', 1)).toEqual([200])
    await server.app.close()
  })

  it('cannot be passed by inventing forwarding headers, and see the client behind a listed proxy', async () => {
    const plain = await startTestServer({ rateLimit: 'on', addressLimits: limits })
    const rotated = await Promise.all([1, 2, 3, 4].map((i) => quotesFrom(plain, `10.0.0.${i}`)))
    expect(rotated.filter((status) => status === 429).length).toBe(1)
    await plain.app.close()
    const proxied = await startTestServer({ rateLimit: 'on', addressLimits: limits, trustProxy: ['127.0.0.0/8'] })
    for (let i = 0; i < 3; i++) expect(await quotesFrom(proxied, `1.1.1.${i}, 203.0.113.7`)).toBe(200)
    expect(await quotesFrom(proxied, '9.9.9.9, 203.0.113.7')).toBe(429)
    expect(await quotesFrom(proxied, '203.0.113.8')).toBe(200)
    await proxied.app.close()
  })

  it('hold when 20 requests with 3 left come at once', async () => {
    const server = await startTestServer({ rateLimit: 'on', addressLimits: limits })
    const replies = await Promise.all(Array.from({ length: 20 }, () => quotesFrom(server, 'x')))
    expect(replies.filter((status) => status === 200).length).toBe(3)
    await server.app.close()
  })

  it('never let more than the limit pass in one window, whatever the order of addresses', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 9_000 }))), (steps) => {
        const { clock, advance } = createTestClock()
        const limiter = createAddressLimiter({ limits, clock, shared: null })
        const passed: { address: number; at: number }[] = []
        for (const [address, pauseMs] of steps) {
          advance(pauseMs)
          if (limiter.take(`10.0.0.${address}`, 'quotes') === null) passed.push({ address, at: clock.now() })
        }
        for (const { address, at } of passed) {
          const inTwoWindows = passed.filter(
            (other) => other.address === address && other.at >= at && other.at < at + 60_000,
          )
          expect(inTwoWindows.length).toBeLessThanOrEqual(6)
        }
      }),
    )
  })
})

describe('shared counters', async () => {
  const url = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  redis.on('error', () => undefined)
  const isUp = await redis.connect().then(
    () => true,
    () => false,
  )
  afterAll(() => redis.disconnect())

  it.skipIf(!isUp && process.env['CI'] === undefined)('count for two instances together', async () => {
    const prefix = `test-${randomUUID()}:`
    const { clock } = createTestClock()
    const [a, b] = [0, 1].map(() => createAddressLimiter({ limits, clock, shared: createRedisCounters(redis, prefix) }))
    const verdicts: (number | null | undefined)[] = []
    for (const limiter of [a, b, a, b, a]) verdicts.push(await limiter?.take('203.0.113.7', 'quotes'))
    expect(verdicts.slice(0, 3)).toEqual([null, null, null])
    for (const verdict of verdicts.slice(3)) expect(verdict).toBeGreaterThanOrEqual(1)
    await redis.del(`${prefix}quotes:203.0.113.7`, `${prefix}api:203.0.113.7`)
  })

  it('that fail leave each process to count alone, never without limit', async () => {
    const { clock } = createTestClock()
    const shared = { increment: () => Promise.reject(new Error('down')) }
    const limiter = createAddressLimiter({ limits, clock, shared })
    const verdicts: (number | null)[] = []
    for (let i = 0; i < 4; i++) verdicts.push(await limiter.take('203.0.113.7', 'quotes'))
    expect(verdicts).toEqual([null, null, null, 60])
  })
})

describe('client addresses', () => {
  it('of one IPv6 /64 count as one, of IPv4 each alone', () => {
    const ones = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::', '2001:0db8:0001:0002:0:0:0:9', '2001:db8:1:2:3:4:5:6']
    expect(new Set(ones.map(limitKey))).toEqual(new Set(['2001:db8:1:2']))
    expect(limitKey('2001:db8:1:3::1')).not.toBe(limitKey('2001:db8:1:2::1'))
    expect(limitKey('::1')).toBe('0:0:0:0')
    expect(limitKey('203.0.113.7')).toBe('203.0.113.7')
  })

  it('are refused as trusted when they are no address and no range', () => {
    expect(() => createClientAddresses(['true'])).toThrow(TypeError)
    expect(createClientAddresses(['10.0.0.0/8', '::1']).isTrusted('10.9.9.9')).toBe(true)
    expect(createClientAddresses([]).isTrusted('10.9.9.9')).toBe(false)
  })
})

async function statuses(server: TestServer, path: string, count: number): Promise<number[]> {
  const seen: number[] = []
  for (let i = 0; i < count; i++) seen.push((await server.get(path)).status)
  return seen
}

async function quotesFrom(server: TestServer, forwardedFor: string): Promise<number> {
  const headers = { 'x-forwarded-for': forwardedFor }
  return (await server.get('/api/quotes?symbols=TCS', { headers })).status
}
