/** A value per candle, oldest first; null where too few candles stand before it. */
export type IndicatorLine = readonly (number | null)[]

/** Returns the simple moving average of `length` closes. */
export function simpleAverage(closes: readonly number[], length: number): IndicatorLine {
  let sum = 0
  return closes.map((close, i) => {
    sum += close - (closes[i - length] ?? 0)
    return i < length - 1 ? null : sum / length
  })
}

/** Returns the exponential moving average, begun with the simple average of the first `length` closes. */
export function exponentialAverage(closes: readonly number[], length: number): IndicatorLine {
  const share = 2 / (length + 1)
  const first = simpleAverage(closes, length)
  let last: number | null = null
  return closes.map((close, i) => {
    last = last === null ? (first[i] ?? null) : last + share * (close - last)
    return last
  })
}

/** Returns Wilder's relative strength index, 0 to 100; 100 where no close of the stretch fell, 50 where none moved. */
export function relativeStrength(closes: readonly number[], length: number): IndicatorLine {
  let [gain, loss] = [0, 0]
  return closes.map((close, i) => {
    if (i === 0) return null
    const change = close - (closes[i - 1] ?? close)
    // The first `length` changes are averaged plainly; from there on each new one replaces its share.
    const keep = i <= length ? 1 : (length - 1) / length
    const share = 1 / length
    gain = gain * keep + Math.max(change, 0) * share
    loss = loss * keep + Math.max(-change, 0) * share
    if (i < length) return null
    return gain + loss === 0 ? 50 : (100 * gain) / (gain + loss)
  })
}
