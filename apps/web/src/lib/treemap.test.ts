import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOutTreemap } from './treemap.ts'

const weights = fc
  .array(fc.double({ min: 0.5, max: 10_000, noNaN: true }), { minLength: 1, maxLength: 60 })
  .map((list) => list.toSorted((a, b) => b - a))

describe('a treemap', () => {
  it('gives each weight its share of the box, inside the box', () => {
    fc.assert(
      fc.property(weights, (list) => {
        const total = list.reduce((sum, weight) => sum + weight, 0)
        const tiles = layOutTreemap(list, 300, 200)
        expect(tiles).toHaveLength(list.length)
        for (const [i, { x, y, width, height }] of tiles.entries()) {
          expect(width * height).toBeCloseTo(((list[i] ?? 0) / total) * 60_000, 3)
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(-1e-6)
          expect(x + width).toBeLessThanOrEqual(300 + 1e-6)
          expect(y + height).toBeLessThanOrEqual(200 + 1e-6)
        }
      }),
    )
  })

  it('overlaps no two tiles', () => {
    fc.assert(
      fc.property(weights, (list) => {
        const tiles = layOutTreemap(list, 300, 200)
        for (const [i, a] of tiles.entries())
          for (const b of tiles.slice(i + 1)) {
            const shared = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
            const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
            expect(Math.min(shared, high)).toBeLessThanOrEqual(1e-6)
          }
      }),
      { numRuns: 30 },
    )
  })

  it('keeps tiles of equal weight close to squares', () => {
    for (const { width, height } of layOutTreemap(
      Array.from({ length: 24 }, () => 1),
      300,
      200,
    ))
      expect(Math.max(width / height, height / width)).toBeLessThan(2)
  })
})
