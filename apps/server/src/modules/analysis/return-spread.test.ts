import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listReturns, spreadReturns } from './return-spread.ts'

describe('returns', () => {
  it('are changes of the close within each series, never from one to the next', () => {
    const two = [
      { close: Float64Array.of(100, 110, 99) },
      { close: Float64Array.of(50) },
      { close: Float64Array.of(10, 20) },
    ]
    expect([...listReturns(two, 1)]).toEqual([expect.closeTo(10, 9), expect.closeTo(-10, 9), 100])
    expect([...listReturns(two, 2)]).toEqual([-1])
  })

  it('are unknown where there are none', () => {
    expect(spreadReturns(5, new Float64Array(0))).toEqual({
      horizon: 5,
      n: 0,
      upPct: null,
      meanPct: null,
      points: null,
    })
  })

  it('are spread between their smallest and largest, in order, and count as up above zero only', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -99, max: 1e3, noNaN: true }), { minLength: 1 }), (values) => {
        const { n, upPct, meanPct, points } = spreadReturns(1, Float64Array.from(values))
        expect([n, upPct]).toEqual([values.length, (values.filter((value) => value > 0).length / n) * 100])
        const ordered = [Math.min(...values), ...(points ?? []), Math.max(...values)]
        expect(ordered.every((value, i) => i === 0 || value >= (ordered[i - 1] ?? 0) - 1e-9)).toBe(true)
        expect(meanPct).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / n, 6)
      }),
    )
    expect(spreadReturns(1, Float64Array.of(3, 1, 2, 5, 4)).points).toEqual([1.4, 2, 3, 4, 4.6])
  })
})
