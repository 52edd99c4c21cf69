import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy'

/** A rectangle in the units of the box it was laid out in. */
export interface Tile {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Tiles as close to squares as can be: text has most room in them. */
export const squares = treemapSquarify.ratio(1)

interface Weighed {
  readonly weight: number
  readonly parts?: readonly Weighed[]
}

/**
 * Returns one tile for each weight, in their order, that together fill a box of `width` × `height`, each as large as its share: a squarified
 * treemap. Weights are above 0 and should fall, or tiles become long.
 */
export function layOutTreemap(weights: readonly number[], width: number, height: number): readonly Tile[] {
  const all: Weighed = { weight: 0, parts: weights.map((weight) => ({ weight })) }
  const root = hierarchy(all, ({ parts }) => parts).sum(({ weight }) => weight)
  return (treemap<Weighed>().tile(squares).size([width, height])(root).children ?? []).map(tileOf)
}

/** The corners the layout gives a node: left, top, right, bottom. */
interface Corners {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

export function tileOf({ x0, y0, x1, y1 }: Corners): Tile {
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 }
}
