import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MarketStatus, ProviderHealth } from '../market/index.ts'
import { type CacheStatistics, createStatusModule, type WarmerStatus } from './index.ts'
import type { StatusParts } from './status-module.ts'

const start = Date.UTC(2026, 2, 12, 6)
const marketStatus: MarketStatus = {
  mode: 'replay',
  recordedDate: '2021-06-09',
  isOpen: true,
  phase: 'open',
  nextOpen: null,
  holiday: null,
  calendarWarning: null,
  calendarKnownTo: '2026-12-31',
}
const memoryOnly: CacheStatistics = {
  l1: { hits: 1, misses: 2, size: 3, stampedesCollapsed: 4 },
  l2: { configured: false, connected: false, hits: null, misses: null, size: null, stampedesCollapsed: null },
}
const shared = (connected: boolean): CacheStatistics => ({
  ...memoryOnly,
  l2: { configured: true, connected, hits: 0, misses: 0, size: connected ? 0 : null, stampedesCollapsed: 0 },
})
const warmer = (lastError: string | null): WarmerStatus => ({
  name: 'w',
  lastRun: start,
  lastSuccess: null,
  durationMs: 1,
  nextRun: null,
  lastError,
})
const provider = (circuit: ProviderHealth['circuit']): ProviderHealth => ({
  name: 'p',
  state: 'up',
  lastSuccess: null,
  circuit,
  nextTry: null,
  problem: null,
})

function create(extra: Partial<StatusParts> & { providers?: readonly ProviderHealth[] } = {}) {
  return createStatusModule({
    ping: async () => undefined,
    cacheStatistics: async () => memoryOnly,
    warmers: () => [warmer(null)],
    market: { status: () => marketStatus, providers: () => extra.providers ?? [provider('closed')] },
    clock: { now: () => Date.now(), elapsedMs: () => Date.now() - start },
    version: '1.2.3',
    feed: () => ({ clients: 4, ticksPerSecond: 12.5 }),
    ...extra,
  })
}

beforeEach(() => {
  vi.useFakeTimers({ now: start })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the health report', () => {
  it('says ok and everything it knows when all is well', async () => {
    const status = create()
    vi.advanceTimersByTime(61_500)
    expect(await status.health()).toEqual({
      status: 'ok',
      time: start + 61_500,
      version: '1.2.3',
      uptimeS: 61,
      database: { connected: true, latencyMs: 0 },
      cache: memoryOnly,
      warmers: [warmer(null)],
      providers: [provider('closed')],
      feed: { clients: 4, ticksPerSecond: 12.5 },
      market: marketStatus,
    })
  })

  it.each([
    ['an L2 nobody configured', {}, 'ok'],
    ['a connected L2', { cacheStatistics: async () => shared(true) }, 'ok'],
    ['an L2 that is down', { cacheStatistics: async () => shared(false) }, 'degraded'],
    ['a failing warmer', { warmers: () => [warmer(null), warmer('Failed.')] }, 'degraded'],
    ['an open circuit', { providers: [provider('closed'), provider('open')] }, 'degraded'],
    ['a circuit that tries again', { providers: [provider('half_open')] }, 'ok'],
    ['a database that refuses', { ping: async () => Promise.reject(new Error('no')) }, 'down'],
    [
      'a database that refuses, whatever else fails',
      { ping: async () => Promise.reject(new Error('no')), warmers: () => [warmer('Failed.')] },
      'down',
    ],
  ] as const)('with %s', async (_what, extra, expected) => {
    expect((await create(extra).health()).status).toBe(expected)
  })
})

describe('the database probe', () => {
  it('is shared by 100 parallel calls, and by calls of the following second', async () => {
    const ping = vi.fn(async () => undefined)
    const status = create({ ping })
    const reports = await Promise.all(Array.from({ length: 100 }, () => status.health()))
    expect(ping).toHaveBeenCalledTimes(1)
    expect(reports.every((report) => report.database.connected)).toBe(true)
    vi.advanceTimersByTime(999)
    await status.health()
    expect(ping).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(1)
    await status.health()
    expect(ping).toHaveBeenCalledTimes(2)
  })

  it('gives up after 1 s and asks a database that hangs no second time', async () => {
    const hanging = Promise.withResolvers<void>()
    const ping = vi.fn(() => hanging.promise)
    const status = create({ ping })
    const first = status.health()
    await vi.advanceTimersByTimeAsync(1_000)
    expect((await first).database).toEqual({ connected: false, latencyMs: null })
    await vi.advanceTimersByTimeAsync(1_000)
    expect((await status.health()).status).toBe('down')
    expect(ping).toHaveBeenCalledTimes(1)
    hanging.resolve()
    await vi.advanceTimersByTimeAsync(1_000)
    expect((await status.health()).status).toBe('ok')
    expect(ping).toHaveBeenCalledTimes(2)
  })

  it('takes the time from asking to answer, in milliseconds', async () => {
    const status = create({ ping: () => new Promise((resolve) => setTimeout(resolve, 250)) })
    const report = status.health()
    await vi.advanceTimersByTimeAsync(250)
    expect((await report).database).toEqual({ connected: true, latencyMs: 250 })
  })
})
