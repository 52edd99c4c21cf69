import { PatternInputError } from '../pattern-input-error.ts'
import { createEnvelope } from './envelope.ts'
import { zNormalize } from './z-normalize.ts'

/** A query as the search needs it: its shape and how far each point may be warped. */
export interface PreparedQuery {
  readonly length: number
  /** Points a warping path may stray from the diagonal; 0 compares point by point. */
  readonly radius: number
  /** The z-normalised query. */
  readonly shape: Float64Array
  /**
   * Highest and lowest point of the shape within the radius. The two ends are the ends' own values: every path begins and ends
   * there, which makes the bound of Kim (first and last point) a part of the bound of Keogh.
   */
  readonly upper: Float64Array
  readonly lower: Float64Array
}

/** Throws PatternInputError when the query is shorter than 2, not finite, or flat. */
export function prepareQuery(query: Float64Array, radius: number): PreparedQuery {
  const length = query.length
  if (length < 2) throw new PatternInputError(`query must have at least 2 values, it has ${length}`)
  const bad = query.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) throw new PatternInputError(`query must be finite, value ${bad} is not`)
  const shape = new Float64Array(length)
  if (!zNormalize(query, 0, shape)) throw new PatternInputError('query must not be flat: a flat line has no shape')
  const { upper, lower } = createEnvelope(length, radius)(shape)
  for (const end of [0, length - 1]) upper[end] = lower[end] = shape[end] as number
  return { length, radius, shape, upper, lower }
}
