/**
 * The peer of the similarity search: every window z-normalised from running sums and warped row by row, given up as soon as a whole
 * row costs more than the best window so far. What one writes first; exact as well.
 */
export function findClosestPlainly(
  close: Float64Array,
  query: Float64Array,
  radius: number,
): { start: number; distance: number } {
  const length = query.length
  const shape = zNormalized(query)
  const window = new Float64Array(length)
  let [best, start] = [Number.POSITIVE_INFINITY, -1]
  let [sum, squares] = [0, 0]
  for (let i = 0; i < close.length; i++) {
    const entering = close[i] ?? 0
    sum += entering
    squares += entering * entering
    const from = i - length + 1
    if (from < 0) continue
    const mean = sum / length
    const deviation = Math.sqrt(squares / length - mean * mean)
    for (let j = 0; j < length; j++) window[j] = ((close[from + j] ?? 0) - mean) / deviation
    const cost = warp(shape, window, radius, best)
    if (cost < best) [best, start] = [cost, from]
    const leaving = close[from] ?? 0
    sum -= leaving
    squares -= leaving * leaving
  }
  return { start, distance: Math.sqrt(best) }
}

let [before, row] = [new Float64Array(0), new Float64Array(0)]

function warp(shape: Float64Array, window: Float64Array, radius: number, best: number): number {
  const length = shape.length
  if (row.length !== length + 1) [before, row] = [new Float64Array(length + 1), new Float64Array(length + 1)]
  before.fill(Number.POSITIVE_INFINITY)
  before[0] = 0
  for (let i = 0; i < length; i++) {
    let least = Number.POSITIVE_INFINITY
    row.fill(Number.POSITIVE_INFINITY)
    for (let j = Math.max(0, i - radius); j <= Math.min(length - 1, i + radius); j++) {
      const apart = (shape[i] ?? 0) - (window[j] ?? 0)
      const cost = apart * apart + Math.min(before[j] ?? 0, before[j + 1] ?? 0, row[j] ?? 0)
      row[j + 1] = cost
      least = Math.min(least, cost)
    }
    if (least >= best) return Number.POSITIVE_INFINITY
    ;[before, row] = [row, before]
  }
  return before[length] ?? 0
}

function zNormalized(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  return values.map((value) => (value - mean) / deviation)
}
