/** Highest and lowest value near each position. */
export interface Envelope {
  readonly upper: Float64Array
  readonly lower: Float64Array
}

/**
 * Returns a function that writes for each of `length` values the highest and lowest of those at most `radius` positions away.
 * Its result is overwritten by the next call. A maximum over twice the width is the greater of two neighbouring ones, so the
 * work grows with the logarithm of the radius.
 */
export function createEnvelope(length: number, radius: number): (values: Float64Array) => Envelope {
  const padded = length + 2 * radius
  const high = new Float64Array(padded)
  const low = new Float64Array(padded)
  const envelope = { upper: high.subarray(0, length), lower: low.subarray(0, length) }
  return (values) => {
    high.fill(values[0] as number, 0, radius)
    high.set(values, radius)
    high.fill(values[length - 1] as number, radius + length)
    low.set(high)
    for (let width = 1, shift = 1; width < 2 * radius + 1; width += shift) {
      shift = Math.min(width, 2 * radius + 1 - width)
      widen(high, low, shift)
    }
    return envelope
  }
}

function widen(high: Float64Array, low: Float64Array, shift: number): void {
  for (let i = 0; i + shift < high.length; i++) {
    const topAhead = high[i + shift] as number
    const bottomAhead = low[i + shift] as number
    if (topAhead > (high[i] as number)) high[i] = topAhead
    if (bottomAhead < (low[i] as number)) low[i] = bottomAhead
  }
}
