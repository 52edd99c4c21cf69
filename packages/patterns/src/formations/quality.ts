import type { QualityPart } from './formation-definition.ts'

/** Returns the weighted mean of the measured parts (0 to 1 each, in the order of `parts`) as a whole number 0 to 100. */
export function shapeQuality(parts: readonly QualityPart[], measured: readonly number[]): number {
  let [sum, weights] = [0, 0]
  parts.forEach(({ weight }, i) => {
    sum += weight * Math.min(1, Math.max(0, measured[i] ?? 0))
    weights += weight
  })
  return Math.round((100 * sum) / weights)
}

/** Returns the smaller of two lengths as a share of the larger, 0 to 1; 1 when both are 0. */
export function evenness(one: number, other: number): number {
  const larger = Math.max(one, other)
  return larger > 0 ? Math.min(one, other) / larger : 1
}
