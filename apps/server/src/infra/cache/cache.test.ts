import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSystemClock } from '../clock.ts'
import { type Cache, createCache } from './cache.ts'
import { findTestRedis } from './testing/test-redis.ts'

const redis = await findTestRedis(process.env)
const { ownPrefix, isMissing: noRedis } = redis
const clock = createSystemClock()
const minute = { ttlMs: 60_000 }
const open: Cache[] = []

const create = (redisUrl: string | null, prefix: string, extra: Partial<Parameters<typeof createCache>[0]> = {}) => {
  const cache = createCache({ clock, redisUrl, prefix, random: () => 0.5, ...extra })
  open.push(cache)
  return cache
}

const connected = async (cache: Cache) => {
  await vi.waitFor(async () => expect((await cache.statistics()).l2.connected).toBe(true), {
    timeout: 5_000,
    interval: 200,
  })
}

afterEach(async () => {
  vi.useRealTimers()
  await Promise.all(open.splice(0).map((cache) => cache.close()))
})
afterAll(() => redis.drop())

const levels = [
  { name: 'memory only', url: null, skip: false },
  { name: 'memory and Redis', url: redis.url, skip: noRedis },
]

describe.each(levels)('a cache of $name', ({ url, skip }) => {
  let cache: Cache
  beforeEach(async () => {
    if (skip) return
    cache = create(url, ownPrefix())
    if (url) await connected(cache)
  })

  it.skipIf(skip)('collapses 100 parallel cold reads into one load and counts the other 99', async () => {
    const load = vi.fn(async () => ({ answer: 42 }))
    const values = await Promise.all(Array.from({ length: 100 }, () => cache.getOrSet('k', minute, load)))
    expect(load).toHaveBeenCalledTimes(1)
    expect(new Set(values).size).toBe(1)
    const { l1 } = await cache.statistics()
    expect(l1).toEqual({ hits: 0, misses: 1, size: 1, stampedesCollapsed: 99 })
  })

  it.skipIf(skip)('gives the very same object again from memory and counts a hit', async () => {
    const value = { series: new Float64Array([1, 2, 3]) }
    await cache.getOrSet('k', minute, async () => value)
    expect(await cache.getOrSet('k', minute, async () => ({ series: new Float64Array() }))).toBe(value)
    expect((await cache.statistics()).l1).toMatchObject({ hits: 1, misses: 1 })
  })

  it.skipIf(skip)('hands a failure to everyone who waits and keeps nothing of it', async () => {
    const load = vi.fn(async () => Promise.reject(new Error('source is down')))
    const reads = await Promise.allSettled(Array.from({ length: 50 }, () => cache.getOrSet('k', minute, load)))
    expect(reads.every((r) => r.status === 'rejected' && r.reason.message === 'source is down')).toBe(true)
    expect(load).toHaveBeenCalledTimes(1)
    expect(await cache.getOrSet('k', minute, async () => 'recovered')).toBe('recovered')
  })

  it.skipIf(skip)('loads again after a removal, and after everything was dropped', async () => {
    const load = vi.fn(async () => load.mock.calls.length)
    expect(await cache.getOrSet('k', minute, load)).toBe(1)
    await cache.remove(['k'])
    expect(await cache.getOrSet('k', minute, load)).toBe(2)
    await cache.clear()
    expect(await cache.getOrSet('k', minute, load)).toBe(3)
  })

  it.skipIf(skip)('does not keep what began to load before its key was removed', async () => {
    const old = Promise.withResolvers<string>()
    const load = vi.fn(() => old.promise)
    const before = cache.getOrSet('k', minute, load)
    await vi.waitFor(() => expect(load).toHaveBeenCalled())
    await cache.remove(['k'])
    const after = cache.getOrSet('k', minute, async () => 'new')
    old.resolve('old')
    expect(await before).toBe('old')
    expect(await after).toBe('new')
    expect(await cache.getOrSet('k', minute, async () => 'newer')).toBe('new')
  })

  it.skipIf(skip)('tells the level of a value it has, and null of one it does not', async () => {
    expect(await cache.get('k')).toBeNull()
    await cache.set('k', { a: 1 }, minute)
    expect(await cache.get('k')).toEqual({ value: { a: 1 }, level: 'l1' })
  })
})

describe('lives of values', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
  })

  it('gives a stale value at once, reads the new one behind it once, then gives that', async () => {
    const cache = create(null, ownPrefix())
    const life = { ttlMs: 1_000, staleMs: 5_000 }
    await cache.getOrSet('k', life, async () => 'first')
    vi.advanceTimersByTime(1_001)
    const next = Promise.withResolvers<string>()
    const load = vi.fn(() => next.promise)
    const reads = await Promise.all(Array.from({ length: 20 }, () => cache.getOrSet('k', life, load)))
    expect(await cache.getOrSet('k', life, load)).toBe('first')
    expect(new Set(reads)).toEqual(new Set(['first']))
    expect(load).toHaveBeenCalledTimes(1)
    next.resolve('second')
    await vi.waitFor(async () => expect(await cache.getOrSet('k', life, load)).toBe('second'))
    expect(load).toHaveBeenCalledTimes(1)
  })

  it('never gives a value older than its fresh and stale time together', async () => {
    const cache = create(null, ownPrefix())
    const life = { ttlMs: 1_000, staleMs: 5_000 }
    await cache.getOrSet('k', life, async () => 'first')
    vi.advanceTimersByTime(6_001)
    expect(await cache.getOrSet('k', life, async () => 'second')).toBe('second')
  })

  it('spreads lives by a tenth to either side', async () => {
    const short = create(null, ownPrefix(), { random: () => 0 })
    await short.getOrSet('k', { ttlMs: 1_000 }, async () => 'first')
    vi.advanceTimersByTime(901)
    expect(await short.getOrSet('k', minute, async () => 'second')).toBe('second')
    const long = create(null, ownPrefix(), { random: () => 0.999 })
    await long.getOrSet('k', { ttlMs: 1_000 }, async () => 'first')
    vi.advanceTimersByTime(1_099)
    expect(await long.getOrSet('k', minute, async () => 'second')).toBe('first')
  })

  it('reports a refresh that fails behind a stale value once, and keeps giving the old one within its time', async () => {
    const warn = vi.fn()
    const cache = create(null, ownPrefix(), { log: { warn, info: vi.fn() } })
    const life = { ttlMs: 1_000, staleMs: 60_000 }
    await cache.getOrSet('k', life, async () => 'first')
    vi.advanceTimersByTime(1_001)
    const fail = async () => Promise.reject(new Error('down'))
    for (let i = 0; i < 3; i++) {
      expect(await cache.getOrSet('k', life, fail)).toBe('first')
      await new Promise(setImmediate)
    }
    expect(warn).toHaveBeenCalledTimes(1)
  })

  it('gives up on a load that never ends, and says so as unavailable', async () => {
    vi.useFakeTimers()
    const cache = create(null, ownPrefix())
    const read = cache.getOrSet('k', minute, () => new Promise(() => undefined))
    const refused = expect(read).rejects.toMatchObject({ code: 'unavailable' })
    await vi.advanceTimersByTimeAsync(10_001)
    await refused
  })
})

describe('without Redis configured', () => {
  it('says so and counts nothing for the second level', async () => {
    const cache = create(null, ownPrefix())
    expect((await cache.statistics()).l2).toEqual({
      configured: false,
      connected: false,
      hits: null,
      misses: null,
      size: null,
      stampedesCollapsed: null,
    })
  })
})
