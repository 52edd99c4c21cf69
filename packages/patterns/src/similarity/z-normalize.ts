/** Variation below this share of the mean is rounding noise of double arithmetic, not shape. */
const noise = 1e-10

/**
 * Writes the z-normalised window that begins at `start` and is as long as `into`: mean 0, standard deviation 1 (divided by the
 * window's length). Returns false, and leaves `into` undefined, when the window is flat: its standard deviation is at most
 * 1e-10 of its mean's size, or too large for a double. A flat window has no shape.
 */
export function zNormalize(values: Float64Array, start: number, into: Float64Array): boolean {
  const length = into.length
  let sum = 0
  for (let i = 0; i < length; i++) sum += values[start + i] as number
  const mean = sum / length
  let squares = 0
  for (let i = 0; i < length; i++) {
    const apart = (values[start + i] as number) - mean
    squares += apart * apart
  }
  const deviation = Math.sqrt(squares / length)
  if (!(deviation > noise * Math.abs(mean)) || deviation === Number.POSITIVE_INFINITY) return false
  for (let i = 0; i < length; i++) into[i] = ((values[start + i] as number) - mean) / deviation
  return true
}
