import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createManualTime } from '../memory/manual-time.ts'
import type { SharedBuckets } from './buckets.ts'
import { withFallback } from './fallback-buckets.ts'
import { createMemoryBuckets } from './memory-buckets.ts'
import { limitsOf, type RateLimit } from './rate-limits.ts'
import { operations } from './testing/test-port.ts'

const bucketsOf = (limit: RateLimit, limitKey: string | null = 'key') =>
  limitsOf('vendor', operations.limited, { pace: limit }, limitKey)
const perDay = { perMs: 86_400_000, calls: 5_000, scope: 'key' } as const

/** Takes as often as it can until `untilMs`, and returns the instants. */
async function takeAll(limit: RateLimit, steps: readonly number[], untilMs: number): Promise<readonly number[]> {
  const time = createManualTime(0)
  const kept = createMemoryBuckets(time)
  const { buckets } = bucketsOf(limit)
  const taken: number[] = []
  for (let step = 0; time.now() < untilMs; ) {
    const shortage = await kept.take(buckets)
    if (shortage === null) taken.push(time.now())
    // Sometimes at once, sometimes at the very instant, sometimes late.
    else time.advance(shortage.waitMs + (steps[step++ % steps.length] ?? 0))
  }
  return taken
}

const most = (instants: readonly number[], spanMs: number): number =>
  Math.max(...instants.map((from) => instants.filter((at) => at >= from && at < from + spanMs).length))

describe('a token bucket', () => {
  it('BZ-10 lets no more than 95 % of a limit go in any span of its length', async () => {
    const limit = fc.record({
      perMs: fc.constantFrom(1_000, 60_000, 86_400_000),
      calls: fc.integer({ min: 1, max: 200 }),
      scope: fc.constantFrom('key' as const, 'installation' as const, 'both' as const),
    })
    await fc.assert(
      fc.asyncProperty(limit, fc.array(fc.nat(5_000), { minLength: 1 }), async (tested, steps) => {
        const taken = await takeAll(tested, steps, 2 * tested.perMs)
        expect(taken.length).toBeGreaterThan(0)
        expect(most(taken, tested.perMs)).toBeLessThanOrEqual(Math.max(1, Math.ceil(tested.calls * 0.95)))
      }),
    )
  })

  it.each([
    [{ perMs: 1_000, calls: 1, scope: 'both' }, 1_053, 1],
    [{ perMs: 1_000, calls: 10, scope: 'both' }, 106, 1],
    [{ perMs: 60_000, calls: 100, scope: 'both' }, 632, 1],
    [perDay, 36_364, 2_375],
  ] as const)('of %j gives a token back in %d ms and holds %d', (limit, intervalMs, capacity) => {
    expect(bucketsOf(limit).buckets.at(-1)).toMatchObject({ intervalMs, capacity })
  })

  it('is used up to nearly its limit: no token is held back for nothing', async () => {
    expect(await takeAll({ perMs: 60_000, calls: 100, scope: 'both' }, [0], 60_000)).toHaveLength(95)
    expect((await takeAll(perDay, [0], 86_400_000)).length).toBeGreaterThanOrEqual(4_749)
  })

  it('gives all tokens of a call or none', async () => {
    const time = createManualTime(0)
    const kept = createMemoryBuckets(time)
    const [a, b] = [
      { key: 'a', capacity: 1, intervalMs: 100 },
      { key: 'b', capacity: 1, intervalMs: 300 },
    ]
    expect(await kept.take([b])).toBeNull()
    expect(await kept.take([a, b])).toEqual({ key: 'b', waitMs: 300 })
    expect(await kept.take([a])).toBeNull()
    time.advance(299)
    expect(await kept.take([a, b])).toEqual({ key: 'b', waitMs: 1 })
    time.advance(1)
    expect(await kept.take([a, b])).toBeNull()
  })

  it.each([1, 20])(
    'that holds %d is empty as long as it is paused, and an earlier end counts for nothing',
    async (capacity) => {
      const time = createManualTime(0)
      const kept = createMemoryBuckets(time)
      const bucket = { key: 'a', capacity, intervalMs: 100 }
      await kept.pause(bucket, 5_000)
      await kept.pause(bucket, 1_000)
      time.advance(4_999)
      expect(await kept.take([bucket])).toEqual({ key: 'a', waitMs: 1 })
      time.advance(1)
      expect(await kept.take([bucket])).toBeNull()
      expect(await kept.take([bucket])).toEqual({ key: 'a', waitMs: 100 })
    },
  )

  it('leaves nothing behind once it is full, and never more than so many', async () => {
    const time = createManualTime(0)
    const kept = createMemoryBuckets(time, 100)
    for (let key = 0; key < 1_000; key += 1) {
      await kept.take([{ key: `key ${key}`, capacity: 1, intervalMs: 10 }])
      expect(kept.size()).toBeLessThanOrEqual(100)
    }
    expect(await kept.take([{ key: 'key 999', capacity: 1, intervalMs: 10 }])).not.toBeNull()
    time.advance(10)
    for (let key = 0; key < 101; key += 1) await kept.take([{ key: `gate ${key}`, capacity: 1, intervalMs: 0 }])
    await kept.pause({ key: 'paused', capacity: 1, intervalMs: 10 }, 1_000)
    for (let key = 0; key < 101; key += 1) await kept.take([{ key: `new ${key}`, capacity: 1, intervalMs: 10 }])
    expect(kept.size()).toBeLessThanOrEqual(100)
  })
})

describe('the buckets of a call', () => {
  const limit = (scope: RateLimit['scope']): RateLimit => ({ perMs: 1_000, calls: 10, scope })
  const keysOf = (scope: RateLimit['scope'], limitKey: string | null) =>
    bucketsOf(limit(scope), limitKey).buckets.map(({ key, intervalMs }) => `${key} ${intervalMs}`)

  it.each([
    ['installation', 'mac', ['vendor:pace 106']],
    ['both', 'mac', ['vendor:pace 106', 'vendor:pace:mac 106']],
    ['both', null, ['vendor:pace 106', 'vendor:pace: 106']],
    ['key', 'mac', ['vendor:pace 0', 'vendor:pace:mac 106']],
  ] as const)('of scope %s and key %s are %j', (scope, limitKey, keys) => {
    expect(keysOf(scope, limitKey)).toEqual(keys)
  })

  it.each([
    ['installation', [['vendor:pace', 3_600_000]]],
    [
      'both',
      [
        ['vendor:pace', 3_600_000],
        ['vendor:pace:mac', 3_600_000],
      ],
    ],
    // Whom the vendor counts by key shuts out nobody else for long.
    [
      'key',
      [
        ['vendor:pace', 60_000],
        ['vendor:pace:mac', 3_600_000],
      ],
    ],
  ] as const)('of scope %s rest as long as the vendor says', (scope, pauses) => {
    const found = bucketsOf(limit(scope), 'mac').pausesFor(3_600)
    expect(found.map(({ bucket, ms }) => [bucket.key, ms])).toEqual(pauses)
  })

  it('without limits is one that only a refusal empties', () => {
    const { buckets, pausesFor } = limitsOf('vendor', operations.file, {}, 'mac')
    expect(buckets).toEqual([{ key: 'vendor:operation:file', capacity: 1, intervalMs: 0 }])
    expect(pausesFor(5)).toEqual([{ bucket: buckets[0], ms: 5_000 }])
  })
})

it('counts in this process while the shared buckets cannot be reached, and remembers their pauses', async () => {
  const time = createManualTime(0)
  const bucket = { key: 'a', capacity: 1, intervalMs: 100 }
  const away: SharedBuckets = {
    take: () => Promise.reject(new Error('away')),
    pause: () => Promise.reject(new Error('away')),
  }
  const kept = withFallback(away, createMemoryBuckets(time))
  expect(await kept.take([bucket])).toBeNull()
  expect(await kept.take([bucket])).toEqual({ key: 'a', waitMs: 100 })
  await kept.pause(bucket, 500)
  expect(await kept.take([bucket])).toEqual({ key: 'a', waitMs: 500 })
})
