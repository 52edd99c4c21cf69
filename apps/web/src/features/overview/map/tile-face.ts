import type { Tile } from '../../../lib/treemap.ts'

/**
 * How much of a share its tile can show: symbol and change in four sizes, both upright in a tall one, the symbol cut off or without the
 * change, the sign alone, nothing.
 */
export type Face = 'huge' | 'large' | 'both' | 'small' | 'upright' | 'cut' | 'symbol' | 'sign' | 'bare'

/** Pixels: size of the symbol's type, and what the change and both lines need. */
const sizes = [
  { face: 'huge', type: 22, change: 60, height: 76 },
  { face: 'large', type: 14, change: 52, height: 48 },
  { face: 'both', type: 12, change: 42, height: 34 },
  { face: 'small', type: 11, change: 42, height: 32 },
] as const

const margin = 8
const smallType = 11

/** Returns the face that tells most in a tile. */
export function faceOf(symbol: string, { width, height }: Tile): Face {
  const ems = widthInEms(symbol)
  const fits = (type: number, room: number) => ems * type + margin <= room
  const whole = sizes.find((size) => height >= size.height && width >= size.change + margin && fits(size.type, width))
  if (whole) return whole.face
  if (height >= 1.6 * width && width >= 32 && height >= 50 && fits(12, height)) return 'upright'
  if (height >= 32 && width >= 50) return 'cut'
  if (height >= 18 && fits(smallType, width)) return 'symbol'
  return height >= 16 && width >= 14 ? 'sign' : 'bare'
}

/** Returns about how wide a symbol is in bold capitals, in sizes of its type. */
function widthInEms(symbol: string): number {
  return [...symbol].reduce((sum, letter) => sum + (letterEms[letter] ?? 0.71), 0)
}

const letterEms: Readonly<Record<string, number>> = {
  I: 0.3,
  '-': 0.4,
  J: 0.57,
  O: 0.79,
  Q: 0.79,
  G: 0.79,
  M: 0.87,
  W: 0.95,
}
