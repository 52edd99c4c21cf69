import type { Pivot } from './find-pivots.ts'
import { fitLine, type Line, priceAt } from './line.ts'

/**
 * Five pivots, and the lines of least squares through their highs and their lows: what triangles, wedges, channels,
 * rectangles and broadenings are made of, after the five extrema of Lo, Mamaysky and Wang.
 */
export interface TwoLines {
  readonly pivots: readonly [Pivot, Pivot, Pivot, Pivot, Pivot]
  readonly upper: Line
  readonly lower: Line
  /** Distance of the lines at the first and at the last pivot, in price; both above 0. */
  readonly firstGap: number
  readonly lastGap: number
  /** How far each line rises from the first to the last pivot, in shares of the wider gap. */
  readonly upperRise: number
  readonly lowerRise: number
}

/** Returns the lines of five alternating pivots, oldest first; null when there are fewer or the lines cross between them. */
export function fitTwoLines([a, b, c, d, e]: readonly Pivot[]): TwoLines | null {
  if (!a || !b || !c || !d || !e) return null
  const [outer, inner] = [fitLine([a, c, e]), fitLine([b, d])]
  const [upper, lower] = a.isHigh ? [outer, inner] : [inner, outer]
  const firstGap = priceAt(upper, a.index) - priceAt(lower, a.index)
  const lastGap = priceAt(upper, e.index) - priceAt(lower, e.index)
  if (firstGap <= 0 || lastGap <= 0) return null
  const length = e.index - a.index
  const wider = Math.max(firstGap, lastGap)
  const [upperRise, lowerRise] = [(upper.slope * length) / wider, (lower.slope * length) / wider]
  return { pivots: [a, b, c, d, e], upper, lower, firstGap, lastGap, upperRise, lowerRise }
}
