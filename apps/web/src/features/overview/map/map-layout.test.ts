import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Tile } from '../../../lib/treemap.ts'
import { labelHeight, layOutMap, margin, type SectorTiles } from './map-layout.ts'
import { type MapShare, noSector, sectorsOf } from './sectors-of.ts'

const shares = fc
  .array(
    fc.record({
      sector: fc.constantFrom('Energy', 'Metals', 'Power', 'Realty', null),
      change_percent: fc.double({ min: -20, max: 20, noNaN: true }),
      traded_value: fc.double({ min: 1, max: 1_000, noNaN: true }),
    }),
    { minLength: 1, maxLength: 80 },
  )
  .map((list): MapShare[] => list.map((share, i) => ({ ...share, instrument: `NSE:S${i}` })))

const [width, height] = [1_300, 500]
const areaOf = (tile: Tile) => tile.width * tile.height
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe('the sectors of the map', () => {
  it('hold each share once, the largest first, and those of no sector together', () => {
    fc.assert(
      fc.property(shares, (list) => {
        const sectors = sectorsOf(list)
        const placed = sectors.flatMap(({ name, shares: own }) => own.map((share) => [share.instrument, name]))
        const expected = list.map(({ instrument, sector }) => [instrument, sector ?? noSector])
        expect(placed.toSorted()).toEqual(expected.toSorted())
        for (const falling of [sectors.map(({ value }) => value), ...sectors.map((one) => one.shares.map(tradedValue))])
          expect(falling).toEqual(falling.toSorted((a, b) => b - a))
        expect(sum(sectors.map(({ value }) => value))).toBeCloseTo(sum(list.map(tradedValue)), 6)
      }),
    )
  })

  it('move as their shares do, each weighing what was traded of it', () => {
    const share = { instrument: 'NSE:A', sector: 'Power', change_percent: 4, traded_value: 300 }
    const [power] = sectorsOf([share, { ...share, instrument: 'NSE:B', change_percent: -2, traded_value: 100 }])
    expect(power).toMatchObject({ name: 'Power', value: 400, move: 2.5 })
  })
})

describe('the layout of the map', () => {
  it('gives each sector its share of the map, and each share its share of what the name leaves', () => {
    fc.assert(
      fc.property(shares, (list) => {
        const sectors = sectorsOf(list)
        const tiles = layOutMap(sectors, width, height)
        expect(tiles.map(({ name }) => name)).toEqual(sectors.map(({ name }) => name))
        for (const [i, sector] of tiles.entries()) {
          const { value = 0, shares: held = [] } = sectors[i] ?? {}
          const portion = value / sum(list.map(tradedValue))
          expect(areaOf(sector.tile)).toBeCloseTo(portion * width * height, 4)
          const room = areaOf(roomOf(sector))
          for (const [j, share] of sector.shares.entries()) {
            expect(share.instrument).toBe(held[j]?.instrument)
            expect(areaOf(share.tile)).toBeCloseTo(((held[j]?.traded_value ?? 0) / value) * room, 4)
          }
        }
      }),
    )
  })

  it('keeps sectors in the map and shares in their sector, below its name, and lays none over another', () => {
    fc.assert(
      fc.property(shares, (list) => {
        const tiles = layOutMap(sectorsOf(list), width, height)
        expect(tiles.flatMap((sector) => sector.shares)).toHaveLength(list.length)
        expectApart(
          tiles.map(({ tile }) => tile),
          { x: 0, y: 0, width, height },
        )
        for (const sector of tiles)
          expectApart(
            sector.shares.map(({ tile }) => tile),
            roomOf(sector),
          )
      }),
      { numRuns: 40 },
    )
  })
})

const tradedValue = (share: MapShare) => share.traded_value

/** Returns what a sector's shares fill. */
function roomOf({ tile, isLabelled }: SectorTiles): Tile {
  const edge = Math.min(margin, tile.width / 4, tile.height / 4)
  const top = edge + (isLabelled ? labelHeight : 0)
  return { x: edge, y: top, width: tile.width - 2 * edge, height: tile.height - edge - top }
}

function expectApart(tiles: readonly Tile[], box: Tile) {
  for (const [i, a] of tiles.entries()) {
    expect(Math.min(a.x - box.x, a.y - box.y)).toBeGreaterThanOrEqual(-1e-6)
    expect(Math.max(a.x + a.width - box.x - box.width, a.y + a.height - box.y - box.height)).toBeLessThanOrEqual(1e-6)
    for (const b of tiles.slice(i + 1)) {
      const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
      const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
      expect(Math.min(across, down)).toBeLessThanOrEqual(1e-6)
    }
  }
}
