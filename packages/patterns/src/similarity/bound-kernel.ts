import type { PreparedQuery } from './prepare-query.ts'

/**
 * Lower bounds for a block of neighbouring windows, in single precision. What it drops is certainly further away than the limit
 * (see `boundLimit`); what survives is still to be measured. Two implementations share this memory layout and give the same
 * answers up to rounding: plain typed arrays and WebAssembly SIMD, which bounds eight windows at once.
 */
export interface BoundKernel {
  /** Closes of the block minus a reference, `radius` further ones on either side. Window w begins at index radius + w. */
  readonly closes: Float32Array
  /** 1 ÷ standard deviation of each window; NaN for a window that is not to be bounded here, which never survives. */
  readonly scale: Float32Array
  /** (mean − reference) ÷ standard deviation of each window. */
  readonly shift: Float32Array
  /** Indices of the windows the last call of `filter` left, ascending. */
  readonly survivors: Int32Array
  /** Prepares the bound that needs the envelope of the first `count` windows' closes. No effect for radius 0. */
  envelop(count: number): void
  /** Bounds windows [from, end), whole eights but for the last; writes `survivors` and returns their number. */
  filter(from: number, end: number, limit: number): number
  /** Gives the memory back; the kernel must not be used afterwards. */
  release(): void
}

export interface KernelShape {
  readonly query: PreparedQuery
  /** Most windows of a block, a multiple of 8. */
  readonly windows: number
}

/** One point of the query: where in a window it lies, and centre and half width of what it may be compared with. */
export interface BoundPoint {
  readonly index: number
  readonly centre: number
  readonly half: number
}

/** Points are bounded in groups: the running sum is compared with the limit after each. */
export const pointsPerGroup = 4

/**
 * Returns the points of the query's envelope, those that cost an average window most first (after the UCR suite, Rakthanmanon
 * et al. 2012: points far from the mean differ most), filled up to whole groups with points that cost nothing.
 */
export function queryPoints({ upper, lower }: PreparedQuery): BoundPoint[] {
  const points = Array.from(upper, (top, index) => {
    const bottom = lower[index] as number
    return { index, centre: (top + bottom) / 2, half: (top - bottom) / 2 }
  }).sort((a, b) => Math.abs(b.centre) - b.half - (Math.abs(a.centre) - a.half))
  while (points.length % pointsPerGroup > 0) points.push({ index: 0, centre: 0, half: Number.POSITIVE_INFINITY })
  return points
}

/** Returns the points to compare with the envelope of the closes, in whole groups; fewer points still bound from below. */
export function shapePoints({ radius, shape }: PreparedQuery): BoundPoint[] {
  if (radius === 0) return []
  const points = Array.from(shape, (centre, index) => ({ index, centre, half: 0 }))
  points.sort((a, b) => Math.abs(b.centre) - Math.abs(a.centre))
  return points.slice(0, points.length - (points.length % pointsPerGroup))
}

/** Returns by how many positions to look ahead, step after step, until each value has seen all within the radius. */
export function envelopeSteps(radius: number): number[] {
  const steps: number[] = []
  for (let width = 1, step = 1; width < 2 * radius + 1; width += step) {
    step = Math.min(width, 2 * radius + 1 - width)
    steps.push(step)
  }
  return steps
}

/** A window whose standard deviation is a smaller share of the block's reach cannot be bounded in single precision. */
export const smallestDeviation = 1 / 500

/**
 * Returns the limit for single precision of a squared distance. A window at least `smallestDeviation` of the reach wide has
 * z-values exact to 3e-4: a few roundings of 6e-8, each magnified by reach ÷ deviation up to 500. By the triangle inequality a
 * path of at most 2 · length steps makes its distance at most √(2 · length) times that too high, and summing adds 1e-7 a step.
 */
export function boundLimit(squared: number, length: number): number {
  const steps = 2 * length
  return (Math.sqrt(squared) + Math.sqrt(steps) * 3e-4) ** 2 * (1 + steps * 1e-7)
}
