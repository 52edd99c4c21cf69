import type { CSSProperties } from 'react'
import type { Tile } from '../../../lib/treemap.ts'

/** Returns where a tile of so many pixels lies in the box around it. */
export function placeOf({ x, y, width, height }: Tile): CSSProperties {
  return { left: x, top: y, width, height }
}
