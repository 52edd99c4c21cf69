import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sparklinePath } from './sparkline.ts'

describe('a sparkline', () => {
  it('puts the highest value at the top and the lowest at the bottom', () => {
    expect(sparklinePath([10, 30, 20], 100, 24)).toBe('M0.0 22.0L50.0 2.0L100.0 12.0')
  })

  it('is level in the middle when nothing moved, and empty without two values', () => {
    expect(sparklinePath([5, 5], 10, 24)).toBe('M0.0 12.0L10.0 12.0')
    expect([sparklinePath([5], 10, 24), sparklinePath([], 10, 24)]).toEqual(['', ''])
  })

  it('never leaves its box', () => {
    const prices = fc.array(fc.double({ min: 0.05, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 90 })
    fc.assert(
      fc.property(prices, (values) => {
        const points = [...sparklinePath(values, 96, 32).matchAll(/[ML]([\d.]+) ([\d.]+)/g)]
        expect(points).toHaveLength(values.length)
        for (const [, x, y] of points) {
          expect(Number(x)).toBeLessThanOrEqual(96)
          expect(Number(y)).toBeGreaterThanOrEqual(2)
          expect(Number(y)).toBeLessThanOrEqual(30)
        }
      }),
    )
  })
})
