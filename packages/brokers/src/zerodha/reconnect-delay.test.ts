import { expect, it } from 'vitest'
import { reconnectDelayMs } from './reconnect-delay.ts'

it('waits up to 1, 2, 4 … 60 s, and anything less', () => {
  const longest = [0, 1, 2, 3, 4, 5, 6, 7, 1_000].map((attempt) => reconnectDelayMs(attempt, () => 0.999_999))
  expect(longest).toEqual([999, 1_999, 3_999, 7_999, 15_999, 31_999, 59_999, 59_999, 59_999])
  expect(reconnectDelayMs(9, () => 0)).toBe(0)
  expect(reconnectDelayMs(2, () => 0.5)).toBe(2_000)
})
