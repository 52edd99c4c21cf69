export interface AverageOptions {
  /** Number of values averaged. */
  readonly period: number
  /** First index with an average, at least `period`. */
  readonly start: number
  /** What the average is multiplied with. */
  readonly factor: number
}

/**
 * Returns per candle from `start` on the average of the `period` values before it, times `factor`; zeros before `start`.
 *
 * The order of operations is TA-Lib's: the first total is added up oldest first, each later one is the former plus (newest −
 * oldest). So the last bits of an average depend on where its total began, and with them comparisons at exact ties. TA-Lib
 * begins each pattern's totals at that pattern's look-back; whoever wants to agree with it must begin there too.
 */
export function averagesBefore(values: Float64Array, { period, start, factor }: AverageOptions): Float64Array {
  const averages = new Float64Array(values.length)
  if (start >= values.length) return averages
  let total = totalBefore(values, start, period)
  for (let i = start; i < values.length; i++) {
    averages[i] = factor * (total / period)
    total += step(values, i, period)
  }
  return averages
}

/**
 * Returns the first index from which on averages begun at either start are the same to the bit, or the length. Totals that are
 * equal once stay so. Mostly they are from the beginning, as sums of like numbers are exact, or soon, as rounding evens them out.
 */
export function firstAgreement(
  values: Float64Array,
  period: number,
  [first, later]: readonly [number, number],
): number {
  if (later >= values.length) return values.length
  let [early, late] = [totalBefore(values, first, period), totalBefore(values, later, period)]
  for (let i = first; i < later; i++) early += step(values, i, period)
  for (let i = later; i < values.length; i++) {
    if (early === late) return i
    early += step(values, i, period)
    late += step(values, i, period)
  }
  return values.length
}

/** Returns averages begun at `start`, given those begun at an earlier candle: themselves, where the two agree from `start` on. */
export function restartAverages(
  values: Float64Array,
  options: AverageOptions,
  begun: { readonly start: number; readonly averages: Float64Array },
): Float64Array {
  const { period, start } = options
  const end = firstAgreement(values, period, [begun.start, start])
  if (end === start) return begun.averages
  const averages = begun.averages.slice()
  averages.set(averagesBefore(values.subarray(0, end), options))
  return averages
}

function totalBefore(values: Float64Array, i: number, period: number): number {
  let total = 0
  for (let k = i - period; k < i; k++) total += values[k] ?? Number.NaN
  return total
}

function step(values: Float64Array, i: number, period: number): number {
  return (values[i] ?? Number.NaN) - (values[i - period] ?? Number.NaN)
}
