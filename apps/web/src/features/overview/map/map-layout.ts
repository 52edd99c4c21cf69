import { type HierarchyRectangularNode, hierarchy, treemap } from 'd3-hierarchy'
import { squares, type Tile, tileOf } from '../../../lib/treemap.ts'
import type { Arrangement } from './arrangement.ts'
import type { MapShare } from './sectors-of.ts'

export interface SectorTiles {
  readonly name: string
  readonly tile: Tile
  /** Whether its name has room above its shares. */
  readonly isLabelled: boolean
  /** Tiles relative to the sector's. */
  readonly shares: readonly { readonly instrument: string; readonly tile: Tile }[]
}

/** Pixels kept free along a sector's edges, where it has them, and above its shares for its name. */
export const margin = 2
export const labelHeight = 20

type Node = Partial<MapShare> & { readonly children?: readonly Node[] }

/**
 * Returns the tiles of a map of `width` × `height` pixels. A sector's area is its share of the value traded; its shares divide among them what
 * its margin and its name leave, each as large as its share of the sector.
 */
export function layOutMap(arrangement: Arrangement, width: number, height: number): readonly SectorTiles[] {
  const all: Node = { children: arrangement.map(({ shares }) => ({ children: shares })) }
  const root = hierarchy(all).sum(({ traded_value = 0 }) => traded_value)
  const layOut = treemap<Node>()
    .tile(squares)
    .size([width, height])
    .paddingOuter(marginOf)
    .paddingTop((node) => marginOf(node) + (isLabelled(node) ? labelHeight : 0))
  return (layOut(root).children ?? []).map((sector, i) => ({
    name: arrangement[i]?.name ?? '',
    tile: tileOf(sector),
    isLabelled: isLabelled(sector),
    shares: (sector.children ?? []).map((share) => ({
      instrument: share.data.instrument ?? '',
      tile: within(sector, tileOf(share)),
    })),
  }))
}

/** A sliver of a sector keeps half of itself for its shares. */
function marginOf({ depth, x0, y0, x1, y1 }: HierarchyRectangularNode<Node>): number {
  return depth === 1 ? Math.min(margin, (x1 - x0) / 4, (y1 - y0) / 4) : 0
}

function isLabelled({ depth, x0, y0, x1, y1 }: HierarchyRectangularNode<Node>): boolean {
  return depth === 1 && x1 - x0 >= 52 && y1 - y0 >= 2 * labelHeight
}

const within = ({ x0, y0 }: HierarchyRectangularNode<Node>, tile: Tile): Tile => ({
  ...tile,
  x: tile.x - x0,
  y: tile.y - y0,
})
