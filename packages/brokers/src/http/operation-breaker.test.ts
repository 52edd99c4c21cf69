import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { failureRules, upstreamFailures } from '../outcome.ts'
import { createOperationBreaker } from './operation-breaker.ts'
import type { TryFailure, TryOutcome } from './try-outcome.ts'

const failed = (failure: TryFailure['failure'] = 'unavailable'): TryFailure => ({
  failure,
  retryAfterS: null,
  vendorText: null,
  code: null,
})
const well: TryOutcome<string> = { failure: null, value: 'well' }

beforeEach(() => vi.useFakeTimers({ now: 0, toFake: ['Date'] }))
afterEach(() => vi.useRealTimers())

function start() {
  const breaker = createOperationBreaker({ now: () => Date.now() })
  const run = async (...outcomes: readonly TryOutcome<string>[]) => {
    for (const outcome of outcomes) if (breaker.admits()) await breaker.run(async () => outcome)
  }
  return { breaker, run, times: (count: number, outcome: TryOutcome<string>) => run(...Array(count).fill(outcome)) }
}
const wait = (ms: number) => vi.setSystemTime(Date.now() + ms)

describe('the breaker of an operation', () => {
  it('opens at 10 tries with half of them failed, and not before', async () => {
    const { breaker, times } = start()
    await times(5, well)
    await times(4, failed())
    expect([breaker.circuit(), breaker.admits()]).toEqual(['closed', true])
    await times(1, failed())
    expect([breaker.circuit(), breaker.admits()]).toEqual(['open', false])
  })

  it('stays closed below a half', async () => {
    const { breaker, times } = start()
    await times(11, well)
    await times(10, failed())
    expect(breaker.circuit()).toBe('closed')
  })

  it('forgets after 10 s', async () => {
    const { breaker, times } = start()
    await times(9, failed())
    wait(10_000)
    await times(9, failed())
    expect(breaker.circuit()).toBe('closed')
  })

  it.each(upstreamFailures)('asks the rules what %s tells of the vendor', async (failure) => {
    const { breaker, times } = start()
    await times(20, failed(failure))
    expect(breaker.circuit()).toBe(failureRules[failure].countsForBreaker ? 'open' : 'closed')
  })

  it('takes a refused request for a sign of health', async () => {
    const { breaker, times } = start()
    await times(11, failed('auth_required'))
    await times(10, failed())
    expect(breaker.circuit()).toBe('closed')
  })

  it('lets one probe through after 30 s, which closes it when it goes well', async () => {
    const { breaker, times } = start()
    await times(10, failed())
    wait(29_999)
    expect([breaker.circuit(), breaker.admits()]).toEqual(['open', false])
    wait(1)
    expect([breaker.circuit(), breaker.admits()]).toEqual(['half_open', true])
    const probe = Promise.withResolvers<TryOutcome<string>>()
    const ended = breaker.run(() => probe.promise)
    expect([breaker.circuit(), breaker.admits()]).toEqual(['half_open', false])
    probe.resolve(well)
    expect(await ended).toBe(well)
    expect([breaker.circuit(), breaker.admits()]).toEqual(['closed', true])
    // The probe is the first of the next ten.
    await times(8, failed())
    expect(breaker.circuit()).toBe('closed')
    await times(1, failed())
    expect(breaker.circuit()).toBe('open')
  })

  it('opens for 30 s again when the probe fails', async () => {
    const { breaker, times } = start()
    await times(10, failed())
    wait(30_000)
    await times(1, failed())
    expect(breaker.admits()).toBe(false)
    wait(29_999)
    expect(breaker.admits()).toBe(false)
    wait(1)
    expect(breaker.admits()).toBe(true)
  })

  it('opens again when the probe is aborted, which proved nothing', async () => {
    const { breaker, times } = start()
    await times(10, failed())
    wait(30_000)
    await expect(breaker.run(() => Promise.reject('gone'))).rejects.toBe('gone')
    expect(breaker.circuit()).toBe('open')
  })

  it('counts an aborted try neither way', async () => {
    const { breaker, times } = start()
    for (let call = 0; call < 20; call += 1) await breaker.run(() => Promise.reject('gone')).catch(() => undefined)
    expect(breaker.circuit()).toBe('closed')
    await times(9, failed())
    expect(breaker.circuit()).toBe('closed')
    await times(1, failed())
    expect(breaker.circuit()).toBe('open')
  })
})
