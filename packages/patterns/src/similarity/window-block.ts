import { type BoundKernel, smallestDeviation } from './bound-kernel.ts'
import type { PreparedQuery } from './prepare-query.ts'

/** Neighbouring windows of one series: `count` of them from `first` on, in a series at [begin, end) of all closes. */
export interface WindowBlock {
  readonly first: number
  readonly count: number
  readonly begin: number
  readonly end: number
}

/** Beyond these, squares and reciprocals leave the range of single precision. */
const smallestReach = 1e-15
const largestReach = 1e15

/**
 * Fills the kernel's columns with the block's windows and returns how many of them it cannot bound, their indices in `unbounded`:
 * flat ones, and those whose variation is lost in single precision, mostly beside a far larger move nearby.
 *
 * Sums run from window to window, in double precision on closes less one of their own: over a block the rounding stays far below
 * what `boundLimit` allows for.
 */
export function loadBlock(
  values: Float64Array,
  block: WindowBlock,
  { query, kernel, unbounded }: { query: PreparedQuery; kernel: BoundKernel; unbounded: Int32Array },
): number {
  const reference = values[block.first + (block.count >> 1)] as number
  const reach = copyCloses(values, block, { query, kernel, reference })
  const isOfSize = reach > smallestReach && reach < largestReach
  const smallestVariance = isOfSize ? (reach * smallestDeviation) ** 2 : Number.POSITIVE_INFINITY
  const { length } = query
  const { scale, shift } = kernel
  let sum = 0
  let squares = 0
  for (let i = 0; i < length - 1; i++) {
    const value = (values[block.first + i] as number) - reference
    sum += value
    squares += value * value
  }
  let found = 0
  for (let w = 0; w < block.count; w++) {
    const entering = (values[block.first + w + length - 1] as number) - reference
    sum += entering
    squares += entering * entering
    const mean = sum / length
    const variance = squares / length - mean * mean
    const factor = variance > smallestVariance ? 1 / Math.sqrt(variance) : Number.NaN
    scale[w] = factor
    shift[w] = mean * factor
    if (Number.isNaN(factor)) unbounded[found++] = w
    const leaving = (values[block.first + w] as number) - reference
    sum -= leaving
    squares -= leaving * leaving
  }
  scale.fill(Number.NaN, block.count)
  return found
}

/** Copies the closes less the reference, at the series' ends repeated, and returns the largest size among them. */
function copyCloses(
  values: Float64Array,
  { first, count, begin, end }: WindowBlock,
  { query, kernel, reference }: { query: PreparedQuery; kernel: BoundKernel; reference: number },
): number {
  const total = count + query.length - 1 + 2 * query.radius
  const from = first - query.radius
  let reach = 0
  for (let i = 0; i < total; i++) {
    const at = from + i
    const value = (values[at < begin ? begin : at >= end ? end - 1 : at] as number) - reference
    kernel.closes[i] = value
    const size = value < 0 ? -value : value
    if (size > reach) reach = size
  }
  return reach
}
