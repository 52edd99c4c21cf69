import { afterEach, describe, expect, it, vi } from 'vitest'
import { createSystemClock } from './clock.ts'

describe('the system clock', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('tells the wall clock, and durations that a wall clock set back does not disturb', () => {
    const clock = createSystemClock()
    const before = clock.elapsedMs()
    vi.useFakeTimers({ toFake: ['Date'], now: 1_773_295_927_000 })
    expect(clock.now()).toBe(1_773_295_927_000)
    vi.setSystemTime(1_000)
    expect(clock.now()).toBe(1_000)
    expect(clock.elapsedMs()).toBeGreaterThanOrEqual(before)
  })
})
