import type { Candles } from './measure-candles.ts'

// Shorthands in which conditions are written: a part of the candle at an index.

export function open(candles: Candles, i: number): number {
  return candles.open[i] ?? Number.NaN
}

export function high(candles: Candles, i: number): number {
  return candles.high[i] ?? Number.NaN
}

export function low(candles: Candles, i: number): number {
  return candles.low[i] ?? Number.NaN
}

export function close(candles: Candles, i: number): number {
  return candles.close[i] ?? Number.NaN
}

export function body(candles: Candles, i: number): number {
  return candles.body[i] ?? Number.NaN
}

export function top(candles: Candles, i: number): number {
  return candles.top[i] ?? Number.NaN
}

export function bottom(candles: Candles, i: number): number {
  return candles.bottom[i] ?? Number.NaN
}

/** Largest body of a doji: a tenth of the average range of the ten candles before. */
export function dojiLimit(averages: Float64Array, i: number): number {
  return 0.1 * (averages[i] ?? Number.NaN)
}

/** A distance that counts as none: 5 % of the average range of the five candles before. */
export function equalDistance(averages: Float64Array, i: number): number {
  return 0.05 * (averages[i] ?? Number.NaN)
}

/** A distance that counts as near: 20 % of that average. */
export function nearDistance(averages: Float64Array, i: number): number {
  return 0.2 * (averages[i] ?? Number.NaN)
}

/** A distance that counts as far: 60 % of that average. */
export function farDistance(averages: Float64Array, i: number): number {
  return 0.6 * (averages[i] ?? Number.NaN)
}

/** Whether two prices differ by no more than a distance. Not written as a difference: rounding must be TA-Lib's. */
export function isWithin(price: number, other: number, distance: number): boolean {
  return price <= other + distance && price >= other - distance
}
