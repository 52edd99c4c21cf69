import { valueAt } from './market.ts'

/** A least-squares parabola over a stretch of candles, with the stretch mapped to −1 … 1. */
export interface Parabola {
  /** Above 0 when the turn is a low. In units of `scale`. */
  readonly curvature: number
  /** Where it turns; infinite for a straight line. */
  readonly turn: number
  /** Share of the variance it explains, 0 to 1; 0 for values that are all equal. */
  readonly fit: number
}

/** Returns the parabola of candles `first` to `last`, both included and at least three; prices are measured in `scale` from `level`. */
export function fitParabola(
  column: Float64Array,
  { first, last, level, scale }: { first: number; last: number; level: number; scale: number },
): Parabola {
  const count = last - first + 1
  const half = (last - first) / 2
  let [y, yy, xy, x2y, x2, x4] = [0, 0, 0, 0, 0, 0]
  for (let i = first; i <= last; i++) {
    const x = (i - first) / half - 1
    const value = (valueAt(column, i) - level) / scale
    y += value
    yy += value * value
    xy += x * value
    x2y += x * x * value
    x2 += x * x
    x4 += x ** 4
  }
  const [slope, spread] = [xy / x2, x4 - (x2 * x2) / count]
  const curvature = (x2y - (x2 * y) / count) / spread
  const variance = yy - (y * y) / count
  const explained = slope * slope * x2 + curvature * curvature * spread
  return { curvature, turn: -slope / (2 * curvature), fit: variance > 0 ? Math.min(1, explained / variance) : 0 }
}
