import { type BoundKernel, boundLimit, type KernelShape } from './bound-kernel.ts'
import type { ClosestWindows } from './closest-windows.ts'
import { createExactDistance } from './exact-distance.ts'
import type { PreparedQuery } from './prepare-query.ts'
import { loadBlock, type WindowBlock } from './window-block.ts'
import type { WindowRange } from './window-ranges.ts'

export interface WindowScan {
  readonly query: PreparedQuery
  readonly closest: ClosestWindows
  /** How many windows to measure beforehand, spread over the ranges, so that the first bounds have a limit to go by. */
  readonly probes: number
  readonly createKernel: (shape: KernelShape) => BoundKernel
  /** Called only for the windows close enough to be offered. */
  readonly isExcluded: (position: number) => boolean
}

/** The limit falls with every find; this many windows are bounded before it is looked up again. */
const windowsPerLimit = 128

/**
 * Offers every window of the ranges that may be among the closest. Bounds for a block of windows come first; what they leave is
 * measured. All memory is set up before the first window; nothing is allocated window by window.
 */
export function scanWindows(values: Float64Array, ranges: readonly WindowRange[], scan: WindowScan): void {
  const { query, closest } = scan
  const windows = blockSize(query.length)
  const kernel = scan.createKernel({ query, windows })
  const unbounded = new Int32Array(windows)
  const measure = createExactDistance(query)

  function measureEach(first: number, indices: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const position = first + (indices[i] as number)
      const squared = measure(values, position, closest.limit())
      if (squared < Number.POSITIVE_INFINITY && !scan.isExcluded(position)) closest.offer(position, squared)
    }
  }

  function scanBlock(block: WindowBlock): void {
    const { first, count } = block
    const others = loadBlock(values, block, { query, kernel, unbounded })
    measureEach(first, unbounded, others)
    if (others === count) return
    kernel.envelop(count)
    for (let from = 0; from < count; from += windowsPerLimit) {
      const end = Math.min(from + windowsPerLimit, count)
      measureEach(first, kernel.survivors, kernel.filter(from, end, boundLimit(closest.limit(), query.length)))
    }
  }

  try {
    for (const position of spread(ranges, scan.probes)) {
      const squared = measure(values, position, closest.limit())
      if (squared < Number.POSITIVE_INFINITY && !scan.isExcluded(position)) closest.foresee(position, squared)
    }
    for (const { first, last, begin, end } of ranges)
      for (let at = first; at < last; at += windows)
        scanBlock({ first: at, count: Math.min(windows, last - at), begin, end })
  } finally {
    kernel.release()
  }
}

/** Yields about `count` positions at equal distances over all ranges. */
function* spread(ranges: readonly WindowRange[], count: number): Generator<number> {
  const total = ranges.reduce((sum, { first, last }) => sum + last - first, 0)
  const stride = Math.max(1, Math.floor(total / count))
  let passed = 0
  for (const { first, last } of ranges) {
    const skipped = (stride - (passed % stride)) % stride
    for (let position = first + skipped; position < last; position += stride) yield position
    passed += last - first
  }
}

/** Long enough that the closes beyond its last window cost little, short enough that prices in it are of one size. */
function blockSize(queryLength: number): number {
  return Math.max(1_024, Math.ceil(queryLength / 4) * 8)
}
