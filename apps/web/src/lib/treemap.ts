/** A rectangle in the units of the box it was laid out in. */
export interface Tile {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * Returns one tile for each weight, in their order, that together fill a box of `width` × `height`, each as large as its share: the squarified
 * treemap of Bruls, Huizing and van Wijk. Weights are above 0 and should fall, or tiles become long.
 */
export function layOutTreemap(weights: readonly number[], width: number, height: number): readonly Tile[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const areas = weights.map((weight) => (weight / total) * width * height)
  const tiles: Tile[] = []
  let rest: Tile = { x: 0, y: 0, width, height }
  while (tiles.length < areas.length) {
    const strip = nextStrip(areas.slice(tiles.length), Math.min(rest.width, rest.height))
    tiles.push(...layOutStrip(strip, rest))
    rest = withoutStrip(strip, rest)
  }
  return tiles
}

/** Returns how many of the first areas, set along a side of length `side`, come closest to squares. */
function nextStrip(areas: readonly number[], side: number): readonly number[] {
  let count = 1
  while (count < areas.length && worst(areas.slice(0, count + 1), side) <= worst(areas.slice(0, count), side)) count++
  return areas.slice(0, count)
}

/** Returns the largest ratio of a strip's sides, from 1 upwards. */
function worst(strip: readonly number[], side: number): number {
  const thickness = sumOf(strip) / side
  return Math.max(...strip.map((area) => Math.max(area / thickness ** 2, thickness ** 2 / area)))
}

function layOutStrip(strip: readonly number[], { x, y, width, height }: Tile): readonly Tile[] {
  const isColumn = width >= height
  const thickness = sumOf(strip) / Math.min(width, height)
  let along = 0
  return strip.map((area) => {
    const length = area / thickness
    const tile = isColumn
      ? { x, y: y + along, width: thickness, height: length }
      : { x: x + along, y, width: length, height: thickness }
    along += length
    return tile
  })
}

function withoutStrip(strip: readonly number[], { x, y, width, height }: Tile): Tile {
  const thickness = sumOf(strip) / Math.min(width, height)
  return width >= height
    ? { x: x + thickness, y, width: width - thickness, height }
    : { x, y: y + thickness, width, height: height - thickness }
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
