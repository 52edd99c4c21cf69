import type { CorpusPart } from './corpus.ts'

/** Windows of one series to be searched: those that begin in [first, last), in a series at [begin, end) of all closes. */
export interface WindowRange {
  readonly first: number
  readonly last: number
  readonly begin: number
  readonly end: number
}

/** Returns the windows of a part, series by series. Windows are numbered through all series that are long enough. */
export function rangesOf(bounds: Float64Array, length: number, part: CorpusPart): WindowRange[] {
  const counts = Array.from(bounds.subarray(1), (end, i) => Math.max(0, end - (bounds[i] ?? 0) - length + 1))
  const total = counts.reduce((sum, count) => sum + count, 0)
  const from = Math.floor((total * part.index) / part.of)
  const to = Math.floor((total * (part.index + 1)) / part.of)
  const ranges: WindowRange[] = []
  let number = 0
  counts.forEach((count, i) => {
    const [begin, end] = [bounds[i] ?? 0, bounds[i + 1] ?? 0]
    const [first, last] = [begin + Math.max(0, from - number), begin + Math.min(count, to - number)]
    if (first < last) ranges.push({ first, last, begin, end })
    number += count
  })
  return ranges
}

/** Returns the index of the series that holds a position; series without closes hold none. */
export function seriesAt(bounds: Float64Array, position: number): number {
  let low = 0
  let high = bounds.length - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((bounds[middle] ?? 0) <= position) low = middle
    else high = middle - 1
  }
  return low
}
