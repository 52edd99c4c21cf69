import { dayMs, istMidnight } from '@banyan/domain'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findSteps, longestGapMs } from './suspect-jumps.ts'

const start = istMidnight('2024-01-01')

it.each([
  [30, 1],
  [31, 0],
])('compares two bars %i days apart: %i step', (days, steps) => {
  expect(findSteps([[start, 100] as const, [start + days * dayMs, 10] as const])).toHaveLength(steps)
})

it('finds exactly the neighbours over 40 % and at most 30 days apart, in any series', () => {
  const bar = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 300 }))
  fc.assert(
    fc.property(fc.array(bar, { maxLength: 60 }), (list) => {
      const closes: [number, number][] = []
      for (const [days, close] of list) closes.push([(closes.at(-1)?.[0] ?? start) + days * dayMs, close])
      const expected = closes.filter(([at, close], i) => {
        const previous = closes[i - 1]
        if (previous === undefined || at - previous[0] > longestGapMs) return false
        return Math.abs(close / previous[1] - 1) > 0.4
      })
      expect(findSteps(closes).map((step) => [step.time, step.close])).toEqual(expected)
    }),
  )
})
