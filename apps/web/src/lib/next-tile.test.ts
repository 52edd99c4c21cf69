import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextTile } from './next-tile.ts'
import { layOutTreemap } from './treemap.ts'

// A | B
// --|--  with C as wide as both below.
const tiles = [
  { x: 0, y: 0, width: 50, height: 50 },
  { x: 50, y: 0, width: 50, height: 50 },
  { x: 0, y: 50, width: 100, height: 50 },
]

const ways = ['left', 'right', 'up', 'down'] as const

describe('arrow keys on a map', () => {
  it('go to the neighbour that way and stay at the edge', () => {
    expect(ways.map((way) => nextTile(tiles, 0, way))).toEqual([0, 1, 0, 2])
    expect(ways.map((way) => nextTile(tiles, 1, way))).toEqual([0, 1, 1, 2])
    expect(nextTile(tiles, 2, 'up')).toBe(0)
  })

  it('reach every tile of a treemap from every other', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(weights, (list) => {
        const map = layOutTreemap(
          list.toSorted((a, b) => b - a),
          600,
          300,
        )
        const reached = new Set([0])
        for (const from of reached) for (const way of ways) reached.add(nextTile(map, from, way))
        expect(reached.size).toBe(map.length)
      }),
    )
  })
})
