import { BanyanError } from '@banyan/domain'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSoleLeaderLock, type LeaderLock } from './leader-lock.ts'
import { createTaskSupervisor } from './task-supervisor.ts'
import type { Warmer } from './warmer.ts'

const start = Date.UTC(2026, 2, 12, 6)
const clock = { now: () => Date.now(), elapsedMs: () => Date.now() - start }
const silent = () => ({ info: vi.fn(), warn: vi.fn() })

const warmer = (run: Warmer['run'], extra: Partial<Warmer> = {}): Warmer => ({
  name: 'index_snapshot',
  everyMs: { open: 5_000, closed: 60_000 },
  runsOn: 'leader',
  run,
  ...extra,
})

function supervise(warmers: readonly Warmer[], extra: Partial<Parameters<typeof createTaskSupervisor>[0]> = {}) {
  const log = silent()
  const supervisor = createTaskSupervisor({
    warmers,
    lock: createSoleLeaderLock(),
    clock,
    isMarketOpen: () => true,
    log,
    random: () => 0.5,
    ...extra,
  })
  return { supervisor, log }
}

/** A lock whose answers the test gives. */
function scriptedLock(answer: () => boolean | Error): LeaderLock & { released: number } {
  const lock = {
    released: 0,
    acquire: async () => {
      const now = answer()
      if (now instanceof Error) throw now
      return now
    },
    release: async () => {
      lock.released++
    },
  }
  return lock
}

beforeEach(() => {
  vi.useFakeTimers({ now: start })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the supervisor of background tasks', () => {
  it('runs at once, then after each pause, and shows last run, duration and next run', async () => {
    const run = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 40)))
    const { supervisor } = supervise([warmer(run)])
    expect(supervisor.statuses()).toEqual([
      { name: 'index_snapshot', lastRun: null, lastSuccess: null, durationMs: null, nextRun: null, lastError: null },
    ])
    supervisor.start()
    await vi.advanceTimersByTimeAsync(40)
    expect(supervisor.statuses()).toEqual([
      {
        name: 'index_snapshot',
        lastRun: start,
        lastSuccess: start,
        durationMs: 40,
        nextRun: start + 40 + 5_000,
        lastError: null,
      },
    ])
    await vi.advanceTimersByTimeAsync(5_001)
    expect(run).toHaveBeenCalledTimes(2)
    await Promise.all([supervisor.stop(), vi.advanceTimersByTimeAsync(40)])
  })

  it('never runs one warmer twice at a time, however long it takes', async () => {
    let parallel = 0
    let most = 0
    const run = async () => {
      most = Math.max(most, ++parallel)
      await new Promise((resolve) => setTimeout(resolve, 17_000))
      parallel--
    }
    const { supervisor } = supervise([warmer(run)])
    supervisor.start()
    await vi.advanceTimersByTimeAsync(100_000)
    expect(most).toBe(1)
    await Promise.all([supervisor.stop(), vi.advanceTimersByTimeAsync(20_000)])
  })

  it('keeps one warmer’s failure from the others, says it once per change, and shows it without addresses or secrets', async () => {
    const failure = Object.assign(new Error('connect ECONNREFUSED db.internal:5432 password=hunter2'), {
      code: 'ECONNREFUSED',
    })
    let fails = true
    const good = vi.fn(async () => undefined)
    const bad = vi.fn(async () => {
      if (fails) throw failure
    })
    const { supervisor, log } = supervise([warmer(bad, { name: 'bad' }), warmer(good, { name: 'good' })])
    supervisor.start()
    await vi.advanceTimersByTimeAsync(16_000)
    expect(supervisor.statuses().map((s) => s.lastError)).toEqual(['The connection was refused.', null])
    expect(bad.mock.calls.length).toBeGreaterThan(2)
    expect(good.mock.calls.length).toBe(bad.mock.calls.length)
    expect(log.warn).toHaveBeenCalledTimes(1)
    fails = false
    await vi.advanceTimersByTimeAsync(5_000)
    expect(supervisor.statuses()[0]?.lastError).toBeNull()
    expect(log.info).toHaveBeenCalledWith({ component: 'bad' }, 'Warmer works again.')
    await supervisor.stop()
  })

  it('keeps through failures when it last succeeded', async () => {
    let fails = false
    const sometimes = warmer(async () => {
      if (fails) throw new Error('away')
    })
    const { supervisor } = supervise([sometimes])
    supervisor.start()
    await vi.advanceTimersByTimeAsync(0)
    fails = true
    await vi.advanceTimersByTimeAsync(11_000)
    const [status] = supervisor.statuses()
    expect([status?.lastSuccess, status?.lastRun]).toEqual([start, start + 10_000])
    fails = false
    await vi.advanceTimersByTimeAsync(5_000)
    expect(supervisor.statuses()[0]?.lastSuccess).toBe(start + 15_000)
    await supervisor.stop()
  })

  it('tries a failed run again within seconds, however rarely it runs otherwise', async () => {
    let runs = 0
    const hourly = warmer(
      async () => {
        runs += 1
        if (runs < 3) throw new Error('away')
      },
      { everyMs: { open: 3_600_000, closed: 3_600_000 } },
    )
    const { supervisor } = supervise([hourly])
    supervisor.start()
    await vi.advanceTimersByTimeAsync(11_000)
    expect([runs, supervisor.statuses()[0]?.lastError]).toEqual([3, null])
    await vi.advanceTimersByTimeAsync(3_500_000)
    expect(runs).toBe(3)
    await supervisor.stop()
  })

  it('aborts a run that exceeds its time and calls it failed', async () => {
    const run = (signal: AbortSignal) =>
      new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    const { supervisor } = supervise([warmer(run, { timeoutMs: 3_000 })])
    supervisor.start()
    await vi.advanceTimersByTimeAsync(3_000)
    expect(supervisor.statuses()[0]).toMatchObject({ lastError: 'Not done within 3 s.', durationMs: 3_000 })
    await supervisor.stop()
  })

  it('pauses by the state of the market, and notices within seconds when it opens', async () => {
    let isOpen = false
    const run = vi.fn(async () => undefined)
    const { supervisor } = supervise([warmer(run)], { isMarketOpen: () => isOpen })
    supervisor.start()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(run).toHaveBeenCalledTimes(1)
    isOpen = true
    await vi.advanceTimersByTimeAsync(7_000)
    expect(run).toHaveBeenCalledTimes(2)
    await supervisor.stop()
  })

  it('varies pauses by a tenth to either side', async () => {
    const early = supervise([warmer(async () => undefined)], { random: () => 0 }).supervisor
    const late = supervise([warmer(async () => undefined)], { random: () => 1 }).supervisor
    early.start()
    late.start()
    await vi.advanceTimersByTimeAsync(0)
    expect(early.statuses()[0]?.nextRun).toBe(start + 4_500)
    expect(late.statuses()[0]?.nextRun).toBe(start + 5_500)
    await Promise.all([early.stop(), late.stop()])
  })

  it('runs the leader’s warmers only while it leads, and those of each instance always', async () => {
    let leads = false
    const [shared, own] = [vi.fn(async () => undefined), vi.fn(async () => undefined)]
    const lock = scriptedLock(() => leads)
    const { supervisor } = supervise([warmer(shared), warmer(own, { name: 'own', runsOn: 'each' })], { lock })
    supervisor.start()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(shared).not.toHaveBeenCalled()
    expect(own.mock.calls.length).toBeGreaterThan(1)
    expect(supervisor.statuses()[0]?.nextRun).toBeNull()
    leads = true
    await vi.advanceTimersByTimeAsync(2_001)
    expect(shared).toHaveBeenCalledTimes(1)
    leads = false
    await vi.advanceTimersByTimeAsync(2_000)
    const before = shared.mock.calls.length
    await vi.advanceTimersByTimeAsync(30_000)
    expect(shared).toHaveBeenCalledTimes(before)
    expect(supervisor.statuses()[0]?.nextRun).toBeNull()
    await supervisor.stop()
    expect(lock.released).toBe(1)
  })

  it('aborts a leader’s run when the lead is lost, does not call that a failure, and takes up again when it is back', async () => {
    let leads = true
    const signals: AbortSignal[] = []
    const run = (signal: AbortSignal) => {
      signals.push(signal)
      return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    }
    const { supervisor } = supervise([warmer(run)], { lock: scriptedLock(() => leads) })
    supervisor.start()
    await vi.advanceTimersByTimeAsync(100)
    leads = false
    await vi.advanceTimersByTimeAsync(2_000)
    expect(signals[0]?.aborted).toBe(true)
    expect(supervisor.statuses()[0]?.lastError).toBeNull()
    leads = true
    await vi.advanceTimersByTimeAsync(2_001)
    expect(signals).toHaveLength(2)
    await supervisor.stop()
  })

  it('stops calling a warmer failed when another instance has taken it over', async () => {
    let leads = true
    const { supervisor } = supervise([warmer(async () => Promise.reject(new Error('no')))], {
      lock: scriptedLock(() => leads),
    })
    supervisor.start()
    await vi.advanceTimersByTimeAsync(10)
    expect(supervisor.statuses()[0]?.lastError).toBe('Failed (Error).')
    leads = false
    await vi.advanceTimersByTimeAsync(2_000)
    expect(supervisor.statuses()[0]).toMatchObject({ lastRun: start, lastError: null, nextRun: null })
    await supervisor.stop()
  })

  it('does not lead while the lock cannot be asked, says so once, and goes on asking', async () => {
    let broken = true
    const run = vi.fn(async () => undefined)
    const lock = scriptedLock(() => (broken ? new Error('no route to db.internal') : true))
    const { supervisor, log } = supervise([warmer(run)], { lock })
    supervisor.start()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(run).not.toHaveBeenCalled()
    expect(log.warn).toHaveBeenCalledTimes(1)
    broken = false
    await vi.advanceTimersByTimeAsync(2_001)
    expect(run).toHaveBeenCalledTimes(1)
    await supervisor.stop()
  })

  it('starts nothing after it was stopped, and waits 5 s at most for a run that ignores its signal', async () => {
    const run = vi.fn(() => new Promise<void>(() => undefined))
    const { supervisor } = supervise([warmer(run)])
    supervisor.start()
    await vi.advanceTimersByTimeAsync(10)
    const stopping = supervisor.stop()
    await vi.advanceTimersByTimeAsync(5_000)
    await stopping
    await vi.advanceTimersByTimeAsync(600_000)
    expect(run).toHaveBeenCalledTimes(1)
  })

  it('passes on the words of our own errors only', async () => {
    const { supervisor } = supervise([
      warmer(async () => Promise.reject(new BanyanError('unavailable')), { name: 'ours' }),
      warmer(async () => Promise.reject(new TypeError('https://user:pw@host/x is broken')), { name: 'foreign' }),
      warmer(async () => Promise.reject('text with a token'), { name: 'text' }),
    ])
    supervisor.start()
    await vi.advanceTimersByTimeAsync(0)
    expect(supervisor.statuses().map((s) => s.lastError)).toEqual([
      'The server cannot answer this right now.',
      'Failed (TypeError).',
      'Failed.',
    ])
    await supervisor.stop()
  })
})
