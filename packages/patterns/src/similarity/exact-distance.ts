import { createEnvelope } from './envelope.ts'
import type { PreparedQuery } from './prepare-query.ts'
import { createWarping } from './warping.ts'
import { zNormalize } from './z-normalize.ts'

/** Bounds and distances are sums in different orders: what is further than this beyond the limit is certainly beyond it. */
const rounding = 1 + 1e-9

/**
 * Returns a function that measures the window at `start` in double precision and from its own mean and deviation, so that the
 * result does not depend on what was searched before: the squared distance, or Infinity when it exceeds `limit` or the window
 * is flat. Before the warping it tries two bounds (LB_Keogh, Keogh & Ratanamahatana 2005): the closes against the query's
 * envelope and the query against the closes'; what they find for the rows ahead also ends the warping early.
 */
export function createExactDistance(
  query: PreparedQuery,
): (values: Float64Array, start: number, limit: number) => number {
  const { length, radius, shape } = query
  const window = new Float64Array(length)
  const ahead = new Float64Array(length + 1)
  const envelop = createEnvelope(length, radius)
  const warp = createWarping(shape, radius)
  return (values, start, limit) => {
    const bound = limit * rounding
    if (!zNormalize(values, start, window)) return Number.POSITIVE_INFINITY
    if (boundByQuery(query, window, ahead, bound) > bound) return Number.POSITIVE_INFINITY
    if (radius > 0) {
      const { upper, lower } = envelop(window)
      if (boundByWindow(shape, upper, lower, ahead) > bound) return Number.POSITIVE_INFINITY
    }
    return warp(window, ahead, bound)
  }
}

/** Columns from row + radius on are left to that row and the later ones. */
function boundByQuery(query: PreparedQuery, window: Float64Array, ahead: Float64Array, bound: number): number {
  const { length, radius, upper, lower } = query
  ahead.fill(0)
  let sum = 0
  for (let j = length - 1; j >= 0 && sum <= bound; j--) {
    const apart = beyond(window[j] as number, upper[j] as number, lower[j] as number)
    sum += apart * apart
    if (j >= radius) ahead[j - radius] = sum
  }
  return sum
}

function boundByWindow(shape: Float64Array, upper: Float64Array, lower: Float64Array, ahead: Float64Array): number {
  let sum = 0
  for (let i = shape.length - 1; i >= 0; i--) {
    const apart = beyond(shape[i] as number, upper[i] as number, lower[i] as number)
    sum += apart * apart
    if (sum > (ahead[i] as number)) ahead[i] = sum
  }
  return sum
}

/** Returns how far a value lies outside the band; 0 inside. */
function beyond(value: number, upper: number, lower: number): number {
  if (value > upper) return value - upper
  return value < lower ? lower - value : 0
}
