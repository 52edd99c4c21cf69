import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandPath, fanScale, quantilePath, type Spread } from './fan.ts'

const spread = (bars: number, points: number[] | null): Spread => ({
  bars,
  n: 9,
  up_percent: 50,
  mean_percent: 0,
  points,
})

describe('a fan', () => {
  const spreads = [spread(5, [-4, -2, 1, 3, 6]), spread(20, [-8, -4, 2, 6, 12])]

  it('opens from no change now', () => {
    const scale = fanScale(spreads, 200, 100)
    expect(scale.ticks).toEqual([-10, -5, 0, 5, 10, 15])
    expect(quantilePath(spreads, 'p50', scale)).toBe('M0.0 60.0L50.0 56.0L200.0 52.0')
    expect(bandPath(spreads, ['p10', 'p90'], scale)).toBe(
      'M0.0 60.0L50.0 36.0L200.0 12.0L200.0 92.0L50.0 76.0L0.0 60.0Z',
    )
  })

  it('leaves out a horizon of which nothing is known', () => {
    const scale = fanScale([spread(5, null)], 200, 100)
    expect(quantilePath([spread(5, null)], 'p50', scale)).toBe(`M0.0 ${scale.y(0).toFixed(1)}`)
    expect(bandPath([spread(5, null)], ['p10', 'p90'], scale)).toBe('')
  })

  it('holds every point in its box, with 0 among its lines', () => {
    const points = fc.array(fc.double({ min: -90, max: 300, noNaN: true }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(points, points, (a, b) => {
        const { y, ticks } = fanScale([spread(5, a), spread(20, b)], 200, 100)
        expect(ticks).toContain(0)
        for (const point of [...a, ...b]) {
          expect(y(point)).toBeGreaterThanOrEqual(-1e-6)
          expect(y(point)).toBeLessThanOrEqual(100 + 1e-6)
        }
      }),
    )
  })
})
