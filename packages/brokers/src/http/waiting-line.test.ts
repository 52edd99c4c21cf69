import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Bucket, SharedBuckets } from './buckets.ts'
import { CallFault } from './call-fault.ts'
import { createMemoryBuckets } from './memory-buckets.ts'
import { operations } from './testing/test-port.ts'
import { createWaitingLine, type Places, type Turn } from './waiting-line.ts'

const clock = { now: () => Date.now() }
const perSecond: Bucket = { key: 'pace', capacity: 1, intervalMs: 1_000 }
const roomy: Places = { atOnce: 1_000, waiting: 1_000 }

beforeEach(() => vi.useFakeTimers({ now: 0, toFake: ['Date', 'setTimeout', 'clearTimeout'] }))
afterEach(() => vi.useRealTimers())

/** A line and what happened in it: the instant at which each piece of work started or was refused. */
function startLine(places = roomy, buckets: SharedBuckets = createMemoryBuckets(clock)) {
  const line = createWaitingLine(buckets, clock, places)
  const events: string[] = []
  const enter = (name: string, also: Partial<Turn> & { readonly tookMs?: number } = {}) => {
    const { tookMs = 0, ...turn } = also
    const work = async () => {
      events.push(`${name} at ${Date.now()}`)
      if (tookMs > 0) await new Promise((resolve) => setTimeout(resolve, tookMs))
    }
    const standard: Turn = {
      operation: operations.once,
      rank: 'quotes',
      work: {},
      buckets: [perSecond],
      deadline: Date.now() + 10_000,
      signal: new AbortController().signal,
      isAdmitted: () => true,
    }
    return line.run({ ...standard, ...turn }, work).catch((error: unknown) => {
      const why = error instanceof CallFault ? `${error.failure} ${error.code} ${error.retryAfterS}` : String(error)
      events.push(`${name} not: ${why} at ${Date.now()}`)
    })
  }
  return { enter, events }
}

describe('the line', () => {
  it('lets calls start one interval apart, first come, first served', async () => {
    const { enter, events } = startLine()
    for (const name of ['a', 'b', 'c']) void enter(name)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(events).toEqual(['a at 0', 'b at 1000', 'c at 2000'])
  })

  it('serves a sync before quotes, and these before history', async () => {
    const { enter, events } = startLine()
    for (const rank of ['history', 'history', 'quotes', 'sync', 'quotes', 'sync'] as const) void enter(rank, { rank })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(events.map((event) => event.split(' ')[0])).toEqual([
      'history',
      'sync',
      'sync',
      'quotes',
      'quotes',
      'history',
    ])
  })

  it('finishes a sync that has begun before it goes on with a later one', async () => {
    const { enter, events } = startLine()
    const sync = async (name: string) => {
      const work = {}
      for (const call of [1, 2, 3]) await enter(`${name}${call}`, { rank: 'sync', work })
    }
    void sync('a')
    void sync('b')
    void enter('c', { rank: 'sync' })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(events.map((event) => event.split(' ')[0])).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'c'])
  })

  it('serves other ranks call by call, whatever they are part of', async () => {
    const { enter, events } = startLine()
    const work = {}
    const twice = async () => {
      for (const name of ['a1', 'a2']) await enter(name, { work })
    }
    void twice()
    void enter('b')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(events.map((event) => event.split(' ')[0])).toEqual(['a1', 'b', 'a2'])
  })

  it('lets a call pass one that waits for tokens of its own', async () => {
    const { enter, events } = startLine()
    const own = (key: string) => ({ key, capacity: 1, intervalMs: 60 })
    void enter('a', { buckets: [own('a')] })
    void enter('a again', { buckets: [own('a')] })
    void enter('b', { buckets: [own('b')] })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(events).toEqual(['a at 0', 'b at 0', 'a again at 60'])
  })

  it('refuses at once what cannot start before its deadline, and says when to come back', async () => {
    const { enter, events } = startLine()
    for (let call = 0; call < 14; call += 1) void enter(`${call}`)
    await vi.advanceTimersByTimeAsync(0)
    expect(events).toEqual([
      '0 at 0',
      '11 not: rate_limited NO_TOKEN 11 at 0',
      '12 not: rate_limited NO_TOKEN 11 at 0',
      '13 not: rate_limited NO_TOKEN 11 at 0',
    ])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(events.at(-1)).toBe('10 at 10000')
  })

  it('refuses at once what a sync has pushed behind its deadline', async () => {
    const { enter, events } = startLine()
    void enter('first')
    void enter('quotes', { deadline: 1_500 })
    await vi.advanceTimersByTimeAsync(100)
    void enter('sync', { rank: 'sync' })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(events).toEqual(['first at 0', 'quotes not: rate_limited NO_TOKEN 2 at 100', 'sync at 1000'])
  })

  it('counts those it refused for nobody', async () => {
    const { enter, events } = startLine()
    void enter('first')
    for (let call = 0; call < 50; call += 1) void enter('hopeless', { deadline: 500 })
    void enter('second', { deadline: 1_000 })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(events.filter((event) => event.startsWith('second'))).toEqual(['second at 1000'])
  })

  it('knows a pause when it asks, and then refuses all that it makes late', async () => {
    const buckets = createMemoryBuckets(clock)
    const { enter, events } = startLine(roomy, buckets)
    await buckets.pause(perSecond, 3_600_000)
    void enter('a')
    void enter('b', { deadline: 3_600_000 })
    await vi.advanceTimersByTimeAsync(0)
    expect(events).toEqual(['a not: rate_limited NO_TOKEN 3600 at 0'])
  })

  it('ends a wait that other instances made too long as rate_limited, not as a timeout', async () => {
    const taken: SharedBuckets = { take: async () => ({ key: 'pace', waitMs: 300 }), pause: async () => undefined }
    const { enter, events } = startLine(roomy, taken)
    const deadline = new AbortController()
    void enter('late', { deadline: 1_000, signal: deadline.signal })
    setTimeout(() => deadline.abort(new CallFault('timeout', { code: 'DEADLINE' })), 1_000)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(events).toEqual([expect.stringMatching(/^late not: rate_limited NO_TOKEN 1 at (900|1000)$/)])
  })

  it('takes tokens only when there is a place, so that a slow vendor is not flooded afterwards', async () => {
    const { enter, events } = startLine({ atOnce: 1, waiting: 20 })
    void enter('slow', { tookMs: 5_000 })
    for (const name of ['b', 'c', 'd']) void enter(name)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(events).toEqual(['slow at 0', 'b at 5000', 'c at 6000', 'd at 7000'])
  })

  it('holds so many of an operation at once and so many waiting; others have places of their own', async () => {
    const { enter, events } = startLine({ atOnce: 10, waiting: 20 })
    const free = { buckets: [], tookMs: 1_000 }
    for (let call = 0; call < 31; call += 1) void enter(`${call}`, free)
    void enter('other', { ...free, operation: operations.file })
    await vi.advanceTimersByTimeAsync(0)
    expect(events.filter((event) => event.includes('not'))).toEqual(['30 not: unavailable BULKHEAD_FULL null at 0'])
    expect(events.filter((event) => event.endsWith('at 0')).length).toBe(12)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(events.filter((event) => event.endsWith('at 1000')).length).toBe(10)
    expect(events.filter((event) => event.endsWith('at 2000')).length).toBe(10)
  })

  it('is of bounded length while everything is paused', async () => {
    const buckets = createMemoryBuckets(clock)
    const { enter, events } = startLine({ atOnce: 10, waiting: 20 }, buckets)
    const gate = { key: 'gate', capacity: 1, intervalMs: 0 }
    await buckets.pause(gate, 5_000)
    for (let call = 0; call < 1_001; call += 1) void enter(`${call}`, { buckets: [gate] })
    await vi.advanceTimersByTimeAsync(0)
    expect(events).toEqual(['1000 not: unavailable BULKHEAD_FULL null at 0'])
  })

  it('forgets a call that is aborted, and its place in the line', async () => {
    const { enter, events } = startLine()
    const caller = new AbortController()
    void enter('a')
    void enter('b', { signal: caller.signal })
    void enter('c')
    await vi.advanceTimersByTimeAsync(10)
    caller.abort('gone')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(events).toEqual(['a at 0', 'b not: gone at 10', 'c at 1000'])
    void enter('d', { signal: AbortSignal.abort('early') })
    await vi.advanceTimersByTimeAsync(0)
    expect(events.at(-1)).toBe('d not: early at 2010')
  })

  it('lets all go that wait when the circuit opens, without a token', async () => {
    const { enter, events } = startLine({ atOnce: 1, waiting: 20 })
    let isAdmitted = true
    const turn = { isAdmitted: () => isAdmitted }
    void enter('a', { ...turn, tookMs: 1_000 })
    void enter('b', turn)
    setTimeout(() => {
      isAdmitted = false
    }, 500)
    await vi.advanceTimersByTimeAsync(1_000)
    void enter('c', turn)
    await vi.advanceTimersByTimeAsync(0)
    expect(events).toEqual([
      'a at 0',
      'b not: unavailable CIRCUIT_OPEN null at 1000',
      'c not: unavailable CIRCUIT_OPEN null at 1000',
    ])
  })

  it('starts nothing when the circuit opens while the tokens are taken', async () => {
    let isAdmitted = true
    const opening: SharedBuckets = {
      async take() {
        isAdmitted = false
        return null
      },
      pause: async () => undefined,
    }
    const { enter, events } = startLine(roomy, opening)
    await enter('a', { isAdmitted: () => isAdmitted })
    expect(events).toEqual(['a not: unavailable CIRCUIT_OPEN null at 0'])
  })

  it('leaves no timer behind when nobody waits', async () => {
    const { enter } = startLine()
    void enter('a')
    const caller = new AbortController()
    void enter('b', { signal: caller.signal })
    await vi.advanceTimersByTimeAsync(10)
    caller.abort('gone')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(vi.getTimerCount()).toBe(0)
  })
})

it('two instances keep the pace together', async () => {
  const kept = createMemoryBuckets(clock)
  const far: SharedBuckets = {
    async take(buckets) {
      await new Promise((resolve) => setTimeout(resolve, 7))
      return kept.take(buckets)
    },
    pause: kept.pause,
  }
  const lines = [startLine(roomy, far), startLine(roomy, far)]
  for (const { enter } of lines) for (let call = 0; call < 8; call += 1) void enter(`${call}`)
  await vi.advanceTimersByTimeAsync(20_000)
  const all = lines.flatMap(({ events }) => events)
  const starts = all.filter((event) => !event.includes('not')).map((event) => Number(event.split(' at ')[1]))
  starts.sort((a, b) => a - b)
  expect(all).toHaveLength(16)
  expect(starts.length).toBeGreaterThanOrEqual(9)
  for (const [index, at] of starts.entries()) expect(at).toBeGreaterThanOrEqual(index * 1_000)
})

describe('whoever asks, and whenever', () => {
  const asked = fc.record({
    afterMs: fc.nat(400),
    rank: fc.constantFrom('sync' as const, 'quotes' as const, 'history' as const),
    key: fc.constantFrom('x', 'y', 'z'),
    tookMs: fc.nat(700),
    patienceMs: fc.integer({ min: 1, max: 5_000 }),
  })

  it('no bucket is over its pace, nothing starts late, and all are answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { minLength: 1, maxLength: 60 }), async (calls) => {
        vi.setSystemTime(0)
        const { enter, events } = startLine({ atOnce: 3, waiting: 5 })
        const started: { at: number; key: string; deadline: number }[] = []
        const ends = calls.map(async ({ afterMs, rank, key, tookMs, patienceMs }, index) => {
          await new Promise((resolve) => setTimeout(resolve, afterMs * (index % 7)))
          const deadline = Date.now() + patienceMs
          const own = { key: `pace:${key}`, capacity: 1, intervalMs: 400 }
          const before = events.length
          const all = { key: 'pace', capacity: 1, intervalMs: 100 }
          const signal = new AbortController()
          const timer = setTimeout(() => signal.abort(new CallFault('timeout', { code: 'DEADLINE' })), patienceMs + 701)
          await enter(`${index}`, { rank, tookMs, deadline, buckets: [all, own], signal: signal.signal })
          clearTimeout(timer)
          const start = events.slice(before).find((event) => event.startsWith(`${index} at `))
          if (start !== undefined) started.push({ at: Number(start.split(' at ')[1]), key, deadline })
        })
        await vi.advanceTimersByTimeAsync(20_000)
        await Promise.all(ends)
        expect(events).toHaveLength(calls.length)
        started.sort((a, b) => a.at - b.at)
        const gapsOf = (starts: typeof started) => starts.slice(1).map(({ at }, index) => at - (starts[index]?.at ?? 0))
        expect(Math.min(100, ...gapsOf(started))).toBe(100)
        for (const key of ['x', 'y', 'z']) {
          expect(Math.min(400, ...gapsOf(started.filter((start) => start.key === key)))).toBe(400)
        }
        for (const { at, deadline } of started) expect(at).toBeLessThanOrEqual(deadline)
      }),
      { numRuns: 100 },
    )
  })
})
