import type { Match, SimilarityOptions } from '../corpus.ts'

interface Series {
  readonly id: string
  readonly close: Float64Array
}

/** Searches as the definition reads: every window measured by the full matrix, sorted, taken where it overlaps none taken. */
export function searchAll(series: readonly Series[], query: Float64Array, options: SimilarityOptions): Match[] {
  const length = query.length
  const radius = options.metric === 'dtw' ? Math.floor((options.bandRatio ?? 0.05) * length) : 0
  const shape = normalized([...query])
  const all: Match[] = []
  for (const { id, close } of series)
    for (let start = 0; start + length <= close.length; start++) {
      const window = normalized([...close.subarray(start, start + length)])
      if (!shape || !window || options.exclude?.(id, start)) continue
      all.push({ id, start, length, ...measured(fullMatrix(shape, window, radius), options.metric, length) })
    }
  all.sort((a, b) => a.distance - b.distance || Number(a.id > b.id) - Number(a.id < b.id) || a.start - b.start)
  const taken: Match[] = []
  for (const one of all)
    if (taken.every(({ id, start }) => id !== one.id || Math.abs(start - one.start) >= length)) taken.push(one)
  return taken.slice(0, options.k)
}

/** Returns the sum of squared costs along the cheapest path, from the whole matrix. */
export function fullMatrix(a: readonly number[], b: readonly number[], radius: number): number {
  const cost = a.map(() => b.map(() => Number.POSITIVE_INFINITY))
  const at = (i: number, j: number) => cost[i]?.[j] ?? Number.POSITIVE_INFINITY
  a.forEach((left, i) => {
    b.forEach((right, j) => {
      if (Math.abs(i - j) > radius) return
      const before = i === 0 && j === 0 ? 0 : Math.min(at(i - 1, j - 1), at(i - 1, j), at(i, j - 1))
      const row = cost[i]
      if (row) row[j] = before + (left - right) ** 2
    })
  })
  return at(a.length - 1, b.length - 1)
}

function normalized(values: readonly number[]): number[] | null {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  return deviation > 1e-10 * Math.abs(mean) && deviation < Number.POSITIVE_INFINITY
    ? values.map((value) => (value - mean) / deviation)
    : null
}

function measured(squared: number, metric: SimilarityOptions['metric'], length: number) {
  const isAngle = metric === 'cosine' || metric === 'pearson'
  const distance = isAngle ? squared / (2 * length) : Math.sqrt(squared)
  const furthest = isAngle ? 2 : 2 * Math.sqrt(length)
  return { distance, similarity: Math.min(1, Math.max(0, 1 - distance / furthest)) }
}
