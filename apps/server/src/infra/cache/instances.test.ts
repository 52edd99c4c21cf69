import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { createSystemClock } from '../clock.ts'
import { type Cache, createCache } from './cache.ts'
import { createStallingProxy, type StallingProxy } from './testing/stalling-proxy.ts'
import { findTestRedis } from './testing/test-redis.ts'

const redis = await findTestRedis(process.env)
const { ownPrefix, isMissing: noRedis } = redis
const clock = createSystemClock()
const life = { ttlMs: 600_000 }
const closers: (() => Promise<void>)[] = []

async function instance(prefix: string, url = redis.url): Promise<Cache> {
  const cache = createCache({ clock, redisUrl: url, prefix, pauseMs: 300 })
  closers.push(() => cache.close())
  await vi.waitFor(async () => expect((await cache.statistics()).l2.connected).toBe(true), {
    timeout: 5_000,
    interval: 20,
  })
  return cache
}

async function proxy(): Promise<StallingProxy> {
  const relay = await createStallingProxy(redis.url)
  closers.push(() => relay.close())
  return relay
}

afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})
afterAll(() => redis.drop())

describe('two instances over one Redis', () => {
  it.skipIf(noRedis)('share typed arrays bit for bit, and read the source once', async () => {
    const prefix = ownPrefix()
    const [a, b] = [await instance(prefix), await instance(prefix)]
    const series = {
      time: new Float64Array([1.7e12, 0.1, -0, Number.NaN]),
      nested: [{ close: new Float64Array() }],
      n: 3,
    }
    await a.getOrSet('k', life, async () => series)
    const load = vi.fn(async () => series)
    const got = await b.getOrSet('k', life, load)
    expect(got).toEqual(series)
    expect(Object.is(got.time[2], -0)).toBe(true)
    expect(load).not.toHaveBeenCalled()
    expect((await b.statistics()).l2).toMatchObject({ configured: true, connected: true, hits: 1, misses: 0 })
    const kept = await b.getOrSet('k', life, load)
    expect(kept).toEqual(series)
    expect(await b.getOrSet('k', life, load)).toBe(kept)
  })

  it.skipIf(noRedis)('drop from each other’s memory what one of them removes', async () => {
    const prefix = ownPrefix()
    const [a, b] = [await instance(prefix), await instance(prefix)]
    await a.getOrSet('k', life, async () => 'old')
    expect(await b.getOrSet('k', life, async () => 'unused')).toBe('old')
    await a.remove(['k'])
    await vi.waitFor(async () => expect(await b.get('k')).toBeNull())
    expect(await b.getOrSet('k', life, async () => 'new')).toBe('new')
  })

  it.skipIf(noRedis)('do not keep what they were just fetching from Redis when it is removed', async () => {
    const relay = await proxy()
    const prefix = ownPrefix()
    const [a, b] = [await instance(prefix), await instance(prefix, relay.url)]
    await a.getOrSet('k', life, async () => 'old')
    relay.freeze()
    const fetching = b.getOrSet('k', life, async () => 'not reached')
    await new Promise(setImmediate)
    const removing = b.remove(['k'])
    relay.thaw()
    await removing
    expect(await fetching).toBe('old')
    expect(await b.getOrSet('k', life, async () => 'new')).toBe('new')
  })

  it.skipIf(noRedis)('drop everything when one of them clears, and nothing of another prefix', async () => {
    const prefix = ownPrefix()
    const [a, b, other] = [await instance(prefix), await instance(prefix), await instance(ownPrefix())]
    for (const cache of [a, b, other]) await cache.getOrSet('k', life, async () => 'old')
    await a.clear()
    await vi.waitFor(async () => expect(await b.get('k')).toBeNull())
    expect(await other.get('k')).toEqual({ value: 'old', level: 'l1' })
  })
})

describe('starting', () => {
  it.skipIf(noRedis)('can wait for Redis, so that what other instances left is found by the first read', async () => {
    const prefix = ownPrefix()
    await (await instance(prefix)).set('k', 'left', life)
    const late = createCache({ clock, redisUrl: redis.url, prefix })
    closers.push(() => late.close())
    await late.get('too early')
    await late.ready()
    expect(await late.get('k')).toEqual({ value: 'left', level: 'l2' })
  })

  it('waits for nobody without Redis, and not for ever for one that is not there', async () => {
    const alone = createCache({ clock, redisUrl: null })
    const lost = createCache({ clock, redisUrl: 'redis://127.0.0.1:1' })
    closers.push(
      () => alone.close(),
      () => lost.close(),
    )
    await Promise.all([alone.ready(), lost.ready()])
    expect(await lost.getOrSet('k', life, async () => 1)).toBe(1)
  })
})

describe('when Redis is frozen', () => {
  it.skipIf(noRedis)('reads come from the source, removals return, health sees it, and it heals', async () => {
    const relay = await proxy()
    const cache = await instance(ownPrefix(), relay.url)
    relay.freeze()
    expect(await cache.getOrSet('a', life, async () => 'from source')).toBe('from source')
    const sent = relay.bytesReceived()
    expect(await cache.getOrSet('b', life, async () => 'at once')).toBe('at once')
    expect(relay.bytesReceived()).toBe(sent)
    await cache.remove(['a'])
    await vi.waitFor(async () => expect((await cache.statistics()).l2.connected).toBe(false), {
      timeout: 5_000,
      interval: 50,
    })
    relay.thaw()
    await vi.waitFor(async () => expect((await cache.statistics()).l2.connected).toBe(true), {
      timeout: 5_000,
      interval: 50,
    })
    expect(await cache.getOrSet('a', life, async () => 'anew')).toBe('anew')
  })
})

describe('when Redis was away', () => {
  it.skipIf(noRedis)('what was removed meanwhile is not read back from it', async () => {
    const relay = await proxy()
    const prefix = ownPrefix()
    const [near, far] = [await instance(prefix, relay.url), await instance(prefix)]
    await near.getOrSet('k', life, async () => 'old')
    relay.cut()
    await near.remove(['k'])
    expect(await near.getOrSet('k', life, async () => 'new')).toBe('new')
    await near.remove(['k'])
    relay.restore()
    await vi.waitFor(async () => expect((await near.statistics()).l2.connected).toBe(true), {
      timeout: 8_000,
      interval: 50,
    })
    await new Promise((resolve) => setTimeout(resolve, 350)) // until the pause after the failure is over
    expect(await near.getOrSet('k', life, async () => 'newest')).toBe('newest')
    expect(await far.getOrSet('k', life, async () => 'unused')).toBe('newest')
  })

  it.skipIf(noRedis)('memory is emptied on its return, since messages were missed', async () => {
    const relay = await proxy()
    const prefix = ownPrefix()
    const [deaf, other] = [await instance(prefix, relay.url), await instance(prefix)]
    await deaf.getOrSet('k', life, async () => 'old')
    relay.cut()
    await other.remove(['k'])
    expect(await deaf.get('k')).toEqual({ value: 'old', level: 'l1' })
    relay.restore()
    await vi.waitFor(async () => expect(await deaf.get('k')).toBeNull(), { timeout: 8_000, interval: 100 })
  })

  it.skipIf(noRedis)('at the very start, the cache works without it and joins when it comes', async () => {
    const relay = await proxy()
    relay.cut()
    const cache = createCache({ clock, redisUrl: relay.url, prefix: ownPrefix(), pauseMs: 100 })
    closers.push(() => cache.close())
    expect(await cache.getOrSet('k', life, async () => 1)).toBe(1)
    expect((await cache.statistics()).l2).toMatchObject({ configured: true, connected: false })
    relay.restore()
    await vi.waitFor(async () => expect((await cache.statistics()).l2.connected).toBe(true), {
      timeout: 8_000,
      interval: 50,
    })
  })
})
