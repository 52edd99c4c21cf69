import type { Tile } from './treemap.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

/** Returns the index of the tile nearest to that of `from` in a direction, one beside it before one across; `from` itself at the edge. */
export function nextTile(tiles: readonly Tile[], from: number, direction: Direction): number {
  const ahead = tiles.map((tile) => towards(tile, direction))
  const own = ahead[from]
  if (!own) return from
  const distances = ahead.map(({ start, near, far }) => {
    const along = start - own.end
    if (along < -1) return Number.POSITIVE_INFINITY
    const across = Math.max(near - own.far, own.near - far, 0)
    const aside = Math.abs(near + far - own.near - own.far) / 2
    return along + 3 * across + aside / 100
  })
  distances[from] = Number.POSITIVE_INFINITY
  const nearest = Math.min(...distances)
  return Number.isFinite(nearest) ? distances.indexOf(nearest) : from
}

/** Returns where a tile begins and ends along a direction, and its two edges across. */
function towards({ x, y, width, height }: Tile, direction: Direction) {
  const [along, length, near, far] =
    direction === 'left' || direction === 'right' ? [x, width, y, y + height] : [y, height, x, x + width]
  const isForward = direction === 'right' || direction === 'down'
  return { start: isForward ? along : -along - length, end: isForward ? along + length : -along, near, far }
}
