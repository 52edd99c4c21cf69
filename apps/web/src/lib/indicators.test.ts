import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exponentialAverage, relativeStrength, simpleAverage } from './indicators.ts'

const closes = fc.array(fc.double({ min: 1, max: 10_000, noNaN: true }), { maxLength: 80 })
const length = fc.integer({ min: 2, max: 20 })

describe('an indicator', () => {
  it('averages the closes up to each candle', () => {
    expect(simpleAverage([1, 2, 3, 4, 8], 3)).toEqual([null, null, 2, 3, 5])
    expect(exponentialAverage([1, 2, 3, 4, 8], 3)).toEqual([null, null, 2, 3, 5.5])
  })

  it('weighs rises against falls as Wilder does', () => {
    // Changes +1 −1 +2, averaged over 2: gains .5 → 1.25, losses .5 → .25.
    expect(relativeStrength([10, 11, 10, 12], 2)).toEqual([null, null, 50, expect.closeTo(83.333, 3)])
    expect(relativeStrength([5, 5, 5], 2)).toEqual([null, null, 50])
  })

  it('has one value per candle, none before there are enough, and stays in its bounds', () => {
    fc.assert(
      fc.property(closes, length, (prices, count) => {
        const [low, high] = [Math.min(...prices), Math.max(...prices)]
        for (const line of [simpleAverage(prices, count), exponentialAverage(prices, count)]) {
          expect(line).toHaveLength(prices.length)
          expect(line.slice(0, count - 1).every((value) => value === null)).toBe(true)
          for (const value of line.slice(count - 1)) {
            expect(value).toBeGreaterThanOrEqual(low - 1e-6)
            expect(value).toBeLessThanOrEqual(high + 1e-6)
          }
        }
        for (const value of relativeStrength(prices, count).slice(count)) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(100)
        }
      }),
    )
  })
})
