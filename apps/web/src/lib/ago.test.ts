import { describe, expect, it } from 'vitest'
import { ago, ahead } from './ago.ts'

describe('a time in words', () => {
  it.each([
    [0, 'just now'],
    [4_999, 'just now'],
    [7_900, '7 s ago'],
    [42_000, '42 s ago'],
    [12 * 60_000, '12 min ago'],
    [5 * 3_600_000, '5 h ago'],
  ])('%i ms back is %s', (ms, words) => {
    expect(ago(ms)).toBe(words)
  })

  it.each([
    [-3_000, 'within a minute'],
    [4_000, 'within a minute'],
    [60_000, 'within a minute'],
    [600_001, 'in 11 min'],
    [3 * 3_600_000, 'in 3 h'],
  ])('%i ms ahead is %s', (ms, words) => {
    expect(ahead(ms)).toBe(words)
  })
})
