import { BanyanError } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBoundedQueue } from './bounded-queue.ts'

/** Timers that go off when told to. */
function createHandTimers() {
  const pending = new Set<() => void>()
  return {
    pending,
    after(_ms: number, run: () => void) {
      pending.add(run)
      return () => pending.delete(run)
    },
    fire(i: number) {
      const run = [...pending][i]
      if (run) pending.delete(run)
      run?.()
    },
  }
}

/** Work that ends when told to, and remembers whether it was started. */
function createWork() {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const work = { started: false, end: resolve, fail: reject, run: () => promise }
  work.run = () => {
    work.started = true
    return promise
  }
  return work
}

const settle = () => new Promise(setImmediate)

describe('a bounded queue', () => {
  it('runs as many as there are slots, keeps some waiting in order, and refuses the rest at once with a retry time', async () => {
    const queue = createBoundedQueue({ slots: 2, waiting: 2, waitMs: 4_200, after: createHandTimers().after })
    const works = Array.from({ length: 5 }, createWork)
    const runs = works.map((work) => queue.run(work.run).catch((error: unknown) => error))
    await settle()
    expect(works.map((work) => work.started)).toEqual([true, true, false, false, false])
    const refusal = await runs[4]
    expect(refusal).toBeInstanceOf(BanyanError)
    expect(refusal).toMatchObject({ code: 'unavailable', retryAfterS: 5 })
    works[1]?.end()
    await settle()
    expect(works.map((work) => work.started)).toEqual([true, true, true, false, false])
    for (const work of works) work.end()
    await Promise.all(runs)
    expect(queue.statistics()).toEqual({ running: 0, waiting: 0, peakRunning: 2, peakWaiting: 2 })
  })

  it('never starts what waited too long, and gives its place in the line away', async () => {
    const timers = createHandTimers()
    const queue = createBoundedQueue({ slots: 1, waiting: 1, waitMs: 5_000, after: timers.after })
    const [first, late, next] = [createWork(), createWork(), createWork()]
    const running = queue.run(first.run)
    const refused = expect(queue.run(late.run)).rejects.toMatchObject({ code: 'unavailable', retryAfterS: 5 })
    timers.fire(0)
    await refused
    const waited = queue.run(next.run)
    first.end()
    await running
    await settle()
    expect([late.started, next.started]).toEqual([false, true])
    next.end()
    await waited
    expect(timers.pending.size).toBe(0)
  })

  it('passes a failure on and the slot too', async () => {
    const queue = createBoundedQueue({ slots: 1, waiting: 1, waitMs: 5_000 })
    const failing = queue.run(() => Promise.reject(new Error('broken')))
    const after = queue.run(async () => 'done')
    await expect(failing).rejects.toThrow('broken')
    expect(await after).toBe('done')
  })

  it('stays within its bounds and loses no slot whatever the order of arrivals, ends, failures and timeouts', async () => {
    const step = fc.tuple(fc.constantFrom('arrive', 'end', 'fail', 'timeout'), fc.nat({ max: 5 }))
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.nat({ max: 3 }),
        fc.array(step),
        async (slots, waiting, steps) => {
          const timers = createHandTimers()
          const queue = createBoundedQueue({ slots, waiting, waitMs: 1, after: timers.after })
          const open: ReturnType<typeof createWork>[] = []
          const runs: Promise<unknown>[] = []
          for (const [kind, i] of steps) {
            if (kind === 'arrive') {
              const work = createWork()
              open.push(work)
              runs.push(queue.run(work.run).catch((error: unknown) => error))
            } else if (kind === 'timeout') timers.fire(i)
            else {
              const started = open.filter((work) => work.started)[i]
              if (kind === 'end') started?.end()
              else started?.fail()
            }
            await settle()
            const now = queue.statistics()
            expect(now.running).toBeLessThanOrEqual(slots)
            expect(now.waiting).toBeLessThanOrEqual(waiting)
            expect(now.waiting === 0 || now.running === slots).toBe(true)
          }
          for (const work of open) work.end()
          await Promise.all(runs)
          expect(queue.statistics()).toMatchObject({ running: 0, waiting: 0 })
          expect(timers.pending.size).toBe(0)
        },
      ),
      { numRuns: 60 },
    )
  })
})
