import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { settledWithin } from './settled-within.ts'

describe('settledWithin', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it.each([
    ['an answer', () => Promise.resolve(1)],
    ['a refusal', () => Promise.reject(new Error('away'))],
  ])('waits for %s no longer than it takes, and leaves no timer', async (_, ask) => {
    await settledWithin(ask(), 150)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('does not wait longer than told', async () => {
    let isOver = false
    const wait = settledWithin(Promise.withResolvers().promise, 150).then(() => {
      isOver = true
    })
    await vi.advanceTimersByTimeAsync(149)
    expect(isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(isOver).toBe(true)
    await wait
  })
})
