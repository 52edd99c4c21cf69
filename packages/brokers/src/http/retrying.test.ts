import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createManualTime } from '../memory/manual-time.ts'
import { failureRules, upstreamFailures } from '../outcome.ts'
import { retryAfterOf } from './retry-after.ts'
import { createRetryBudget } from './retry-budget.ts'
import { retryDelayMs } from './retry-delay.ts'
import { createSteadyClock } from './steady-clock.ts'
import { operations } from './testing/test-port.ts'

const failed = (failure: (typeof upstreamFailures)[number], retryAfterS: number | null = null) =>
  ({ failure, retryAfterS, vendorText: null, code: null }) as const
const so = { retries: 0, timeLeftMs: 60_000, random: () => 0.5, range: [200, 2_000] } as const

describe('the wait before a further try', () => {
  it.each(upstreamFailures)('is there as often as the rules say for %s', (failure) => {
    const waits = [0, 1, 2].map((retries) => retryDelayMs(operations.retried, failed(failure), { ...so, retries }))
    expect(waits.filter((wait) => wait !== null)).toHaveLength(failureRules[failure].retries)
  })

  it('lies between 200 ms and 2 s', () => {
    const waitAt = (random: number) =>
      retryDelayMs(operations.retried, failed('unavailable'), { ...so, random: () => random })
    expect([waitAt(0), waitAt(0.5), waitAt(1)]).toEqual([200, 1_100, 2_000])
  })

  it.each([
    ['as long as the vendor asks', 5, 60_000, 5_000],
    ['up to 30 s', 30, 60_000, 30_000],
    ['never longer', 31, 60_000, null],
    ['never up to the deadline', 5, 5_000, null],
    ['never less than the jitter', 1, 60_000, 1_100],
  ])('is %s', (_, retryAfterS, timeLeftMs, waitMs) => {
    const wait = retryDelayMs(operations.retried, failed('rate_limited', retryAfterS), { ...so, timeLeftMs })
    expect(wait).toBe(waitMs)
  })

  it.each([operations.once, operations.signIn])('is none for $name', (operation) => {
    expect(retryDelayMs(operation, failed('unavailable'), so)).toBeNull()
  })
})

describe('the budget of further tries', () => {
  it('is two in a minute for who calls seldom', () => {
    const time = createManualTime(0)
    const budget = createRetryBudget(time)
    budget.noteTry()
    expect([budget.takeRetry(), budget.takeRetry(), budget.takeRetry()]).toEqual([true, true, false])
    time.advance(60_000)
    expect(budget.takeRetry()).toBe(true)
  })

  it('is a tenth of the calls of any minute, not of further tries', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2_000), { minLength: 20, maxLength: 400 }), (gaps) => {
        const time = createManualTime(0)
        const budget = createRetryBudget(time)
        const calls: number[] = []
        const retries: number[] = []
        for (const gap of gaps) {
          time.advance(gap)
          budget.noteTry()
          calls.push(time.now())
          while (budget.takeRetry()) {
            budget.noteTry()
            retries.push(time.now())
            const lastMinute = (instants: readonly number[]) => instants.filter((at) => at > time.now() - 60_000).length
            expect(lastMinute(retries)).toBeLessThanOrEqual(Math.max(2, 0.1 * lastMinute(calls)))
          }
        }
      }),
    )
  })
})

it.each([
  [5, '10', 5],
  [null, '10', 10],
  [null, ' 3600 ', 3_600],
  [null, '0', 1],
  [0.2, undefined, 1],
  [1.2, undefined, 2],
  [1e9, undefined, 86_400],
  [null, '99999999999', null],
  [null, '-5', null],
  [null, 'Wed, 25 Nov 2026 10:00:00 GMT', null],
  [Number.NaN, undefined, null],
  [null, undefined, null],
])('reads a Retry-After of %j and %j as %j', (fromAdapter, header, seconds) => {
  expect(retryAfterOf(fromAdapter, header)).toBe(seconds)
})

it('a steady clock goes on when the clock is set back, and with it when it is set forward', () => {
  const time = createManualTime(1_000_000)
  const steady = createSteadyClock(time)
  time.set(400_000)
  expect(steady.now()).toBe(1_000_000)
  time.advance(500)
  expect(steady.now()).toBe(1_000_500)
  time.set(500_000)
  expect(steady.now()).toBeGreaterThan(1_000_500)
})
