import {
  type BoundKernel,
  type BoundPoint,
  envelopeSteps,
  type KernelShape,
  queryPoints,
  shapePoints,
} from '../bound-kernel.ts'
import type { PreparedQuery } from '../prepare-query.ts'
import { windowsAtOnce } from './assemble-filter.ts'
import { type BoundEngine, giveBack, takeEngine } from './bound-engine.ts'
import { type HeaderWord, headerWords, pointBytes } from './kernel-header.ts'

/** Returns the kernel in WebAssembly SIMD; null where the host cannot run it. */
export function createSimdKernel({ query, windows }: KernelShape): BoundKernel | null {
  const { length, radius } = query
  const points = { query: queryPoints(query), shape: shapePoints(query) }
  // Vectors are read beyond the last close and the last window; the list is filled up to whole vectors.
  const span = windows + length + 2 * radius + 2 * windowsAtOnce
  const at = layOut({
    header: headerWords.length,
    closes: span,
    centre: span,
    half: span,
    scale: windows,
    shift: windows,
    survivors: windows + 4,
    query: (points.query.length * pointBytes) / 4,
    shape: (points.shape.length * pointBytes) / 4,
    bands: (length * pointBytes) / 4,
    aligned: 4 * length,
    ahead: 4 * (length + 1),
    beforeRow: 4,
    row: 4 * length,
  })
  const engine = takeEngine(at.end)
  if (!engine) return null
  writePoints(engine, at.query, points.query)
  writePoints(engine, at.shape, points.shape)
  writeBands(engine, at.bands, query)
  new Float32Array(engine.memory.buffer, at.ahead + 16 * length, 4).fill(0)
  writeHeader(engine, {
    ...at,
    closes: at.closes + 4 * radius,
    queryPoints: at.query,
    queryEnd: at.query + points.query.length * pointBytes,
    shapePoints: at.shape,
    shapeEnd: at.shape + points.shape.length * pointBytes,
    length: 16 * length,
    radius: 16 * radius,
  })
  return operate(engine, { query, windows }, at)
}

type Column = 'closes' | 'centre' | 'half' | 'scale' | 'shift' | 'survivors'

function operate(
  engine: BoundEngine,
  { query, windows }: KernelShape,
  at: Readonly<Record<Column, number>>,
): BoundKernel {
  const { memory, exports } = engine
  const { length, radius } = query
  const floats = (column: Column, count: number) => new Float32Array(memory.buffer, at[column], count)
  const steps = envelopeSteps(radius)
  return {
    closes: floats('closes', windows + length + 2 * radius),
    scale: floats('scale', windows),
    shift: floats('shift', windows),
    survivors: new Int32Array(memory.buffer, at.survivors, windows),
    envelop(count) {
      const bytes = 4 * (count + length - 1 + 2 * radius)
      let [high, low] = [at.closes, at.closes]
      for (const step of steps) {
        exports.widen(high, low, at.centre, at.half, bytes, 4 * step)
        high = at.centre
        low = at.half
      }
      if (radius > 0) exports.centre(at.centre, at.half, bytes)
    },
    filter(from, end, limit) {
      const bounded = exports.filter(4 * from, 4 * end, limit)
      return radius > 0 && bounded > 0 && limit < Number.POSITIVE_INFINITY ? exports.warp(bounded, limit) : bounded
    },
    release: () => giveBack(engine),
  }
}

/** Returns the byte address of each part, one after the other from 0 on, aligned to vectors, and the end. */
function layOut<Part extends string>(words: Readonly<Record<Part, number>>): Record<Part | 'end', number> {
  const at = { end: 0 } as Record<Part | 'end', number>
  for (const part in words) {
    at[part] = at.end
    at.end += Math.ceil(words[part] / 4) * 16
  }
  return at
}

function writePoints({ memory }: BoundEngine, address: number, points: readonly BoundPoint[]): void {
  const view = new DataView(memory.buffer, address)
  points.forEach(({ index, centre, half }, i) => {
    view.setInt32(i * pointBytes, index * 4, true)
    view.setFloat32(i * pointBytes + 4, centre, true)
    view.setFloat32(i * pointBytes + 8, half, true)
  })
}

/** Writes each point of the shape with the middle and half width of its band, in their order. */
function writeBands({ memory }: BoundEngine, address: number, { shape, upper, lower }: PreparedQuery): void {
  const bands = new Float32Array(memory.buffer, address, 3 * shape.length)
  shape.forEach((value, i) => {
    const [top, bottom] = [upper[i] as number, lower[i] as number]
    bands.set([value, (top + bottom) / 2, (top - bottom) / 2], 3 * i)
  })
}

function writeHeader({ memory }: BoundEngine, header: Readonly<Record<HeaderWord, number>>): void {
  new Int32Array(memory.buffer, 0, headerWords.length).set(headerWords.map((word) => header[word]))
}
