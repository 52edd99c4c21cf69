import {
  type BoundKernel,
  type BoundPoint,
  envelopeSteps,
  type KernelShape,
  pointsPerGroup,
  queryPoints,
  shapePoints,
} from './bound-kernel.ts'

/** Returns the kernel in plain typed arrays, for hosts without WebAssembly SIMD. */
export function createPlainKernel({ query, windows }: KernelShape): BoundKernel {
  const { length, radius } = query
  const closes = new Float32Array(windows + length + 2 * radius)
  const centre = new Float32Array(closes.length)
  const half = new Float32Array(closes.length)
  const scale = new Float32Array(windows)
  const shift = new Float32Array(windows)
  const survivors = new Int32Array(windows)
  const ofQuery = columnsOf(queryPoints(query))
  const ofShape = columnsOf(shapePoints(query))

  function isCloseNearQuery(w: number, factor: number, offset: number, limit: number): boolean {
    let sum = 0
    for (let i = 0; i < ofQuery.index.length; ) {
      for (const group = i + pointsPerGroup; i < group; i++) {
        const value = (closes[radius + w + (ofQuery.index[i] as number)] as number) * factor - offset
        const apart = Math.abs(value - (ofQuery.centre[i] as number)) - (ofQuery.half[i] as number)
        if (apart > 0) sum += apart * apart
      }
      if (!(sum <= limit)) return false
    }
    return true
  }

  function isShapeNearCloses(w: number, factor: number, offset: number, limit: number): boolean {
    let sum = 0
    for (let i = 0; i < ofShape.index.length; ) {
      for (const group = i + pointsPerGroup; i < group; i++) {
        const at = w + (ofShape.index[i] as number)
        const value = (centre[at] as number) * factor - offset
        const apart = Math.abs(value - (ofShape.centre[i] as number)) - (half[at] as number) * factor
        if (apart > 0) sum += apart * apart
      }
      if (!(sum <= limit)) return false
    }
    return true
  }

  return {
    closes,
    scale,
    shift,
    survivors,
    envelop(count) {
      if (radius === 0) return
      const used = count + length - 1 + 2 * radius
      centre.set(closes)
      half.set(closes)
      for (const step of envelopeSteps(radius)) widen(centre, half, used - step, step)
      toCentreAndHalf(centre, half, used)
    },
    filter(from, end, limit) {
      let found = 0
      for (let w = from; w < end; w++) {
        const factor = scale[w] as number
        const offset = shift[w] as number
        if (Number.isNaN(factor) || !isCloseNearQuery(w, factor, offset, limit)) continue
        if (isShapeNearCloses(w, factor, offset, limit)) survivors[found++] = w
      }
      return found
    },
    release() {
      // Plain memory goes with the kernel.
    },
  }
}

interface PointColumns {
  readonly index: Int32Array
  readonly centre: Float64Array
  readonly half: Float64Array
}

function columnsOf(points: readonly BoundPoint[]): PointColumns {
  return {
    index: Int32Array.from(points, (point) => point.index),
    centre: Float64Array.from(points, (point) => point.centre),
    half: Float64Array.from(points, (point) => point.half),
  }
}

function widen(high: Float32Array, low: Float32Array, length: number, step: number): void {
  for (let i = 0; i < length; i++) {
    const topAhead = high[i + step] as number
    const bottomAhead = low[i + step] as number
    if (topAhead > (high[i] as number)) high[i] = topAhead
    if (bottomAhead < (low[i] as number)) low[i] = bottomAhead
  }
}

function toCentreAndHalf(high: Float32Array, low: Float32Array, length: number): void {
  for (let i = 0; i < length; i++) {
    const top = high[i] as number
    const bottom = low[i] as number
    high[i] = (top + bottom) / 2
    low[i] = (top - bottom) / 2
  }
}
