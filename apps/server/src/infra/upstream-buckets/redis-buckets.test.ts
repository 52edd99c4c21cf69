import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Bucket, createMemoryBuckets, type SharedBuckets } from '@banyan/brokers/http'
import fc from 'fast-check'
import { Redis } from 'ioredis'
import { afterAll, describe, expect, it } from 'vitest'
import { findTestRedis } from '../cache/testing/test-redis.ts'
import { createRedisBuckets } from './redis-buckets.ts'

const server = await findTestRedis(process.env)
const redis = server.isMissing ? null : new Redis(server.url)
afterAll(async () => {
  await redis?.quit()
  await server.drop()
})

const open = (): SharedBuckets => createRedisBuckets(redis as Redis, `${server.ownPrefix()}${randomUUID()}:`)
const bucket = (key: string, intervalMs = 60_000, capacity = 1): Bucket => ({ key, intervalMs, capacity })

describe.skipIf(server.isMissing)('buckets in Redis', () => {
  it('give one token, and then say which bucket is short and for how long', async () => {
    const buckets = open()
    expect(await buckets.take([bucket('a'), bucket('b')])).toBeNull()
    expect(await buckets.take([bucket('c'), bucket('b')])).toEqual({ key: 'b', waitMs: expect.any(Number) })
    const short = await buckets.take([bucket('b')])
    expect(short?.waitMs).toBeGreaterThan(59_000)
    expect(short?.waitMs).toBeLessThanOrEqual(60_000)
  })

  it('take none where one is short', async () => {
    const buckets = open()
    await buckets.take([bucket('a')])
    await buckets.take([bucket('a'), bucket('b')])
    expect(await buckets.take([bucket('b')])).toBeNull()
  })

  it('hold as many tokens as they have room for', async () => {
    const buckets = open()
    const taken = await Promise.all(Array.from({ length: 8 }, () => buckets.take([bucket('a', 60_000, 5)])))
    expect(taken.filter((shortage) => shortage === null)).toHaveLength(5)
  })

  it('rest for as long as they are told, and a shorter rest does not end a longer one', async () => {
    const buckets = open()
    await buckets.pause(bucket('a', 10, 3), 30_000)
    await buckets.pause(bucket('a', 10, 3), 1)
    const short = await buckets.take([bucket('a', 10, 3)])
    expect(short?.waitMs).toBeGreaterThan(29_000)
    await buckets.pause(bucket('gate', 0), 20_000)
    expect((await buckets.take([bucket('gate', 0)]))?.key).toBe('gate')
  })

  it('never let two instances together have more than one alone', async () => {
    const prefix = `${server.ownPrefix()}${randomUUID()}:`
    const other = new Redis(server.url)
    const instances = [createRedisBuckets(redis as Redis, prefix), createRedisBuckets(other, prefix)]
    const spaced = bucket('a', 50)
    const started = Date.now()
    let taken = 0
    while (Date.now() - started < 400) {
      const rounds = await Promise.all(instances.map((one) => one.take([spaced])))
      taken += rounds.filter((shortage) => shortage === null).length
      await sleep(5)
    }
    const elapsedMs = Date.now() - started
    expect(taken).toBeGreaterThan(2)
    expect(taken).toBeLessThanOrEqual(Math.floor(elapsedMs / 50) + 2)
    await other.quit()
  })

  it('do what buckets in memory do', async () => {
    const step = fc.record({
      keys: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
      pauseMs: fc.option(fc.constantFrom(100_000, 500_000)),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const [shared, local] = [open(), createMemoryBuckets({ now: () => Date.now() })]
        for (const { keys, pauseMs } of steps) {
          const buckets = keys.map((key) => bucket(key, 1_000_000, key === 'c' ? 3 : 1))
          const [first] = buckets
          if (pauseMs !== null && first) await Promise.all([shared, local].map((one) => one.pause(first, pauseMs)))
          const [a, b] = [await shared.take(buckets), await local.take(buckets)]
          expect(a === null).toBe(b === null)
          if (a !== null && b !== null) expect(Math.abs(a.waitMs - b.waitMs)).toBeLessThan(5_000)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('reject soon when Redis does not answer', async () => {
    const away = new Redis({
      host: '127.0.0.1',
      port: 1,
      lazyConnect: true,
      enableOfflineQueue: true,
      retryStrategy: () => null,
    })
    away.on('error', () => undefined)
    await expect(createRedisBuckets(away, 'x:').take([bucket('a')])).rejects.toThrow()
    away.disconnect()
  })
})
