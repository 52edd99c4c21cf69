/** The entry times of all series, numbered from 0 on as they are met, and when a case entered then is left again. */
export interface EntryClock {
  /** Takes in the first `closed` candles of a series and returns the number of each. */
  enter(time: Float64Array, closed: number): Int32Array
  /** Returns all numbers, earliest time first. */
  inOrder(): Int32Array
  timeOf(entry: number): number
  /**
   * Returns the opening of the last candle of a case entered then and held for a horizon, in the series that traded without a gap;
   * Infinity when no case was left yet.
   */
  leftAt(entry: number, horizon: number): number
}

export function createEntryClock(horizons: readonly number[]): EntryClock {
  const numbers = new Map<number, number>()
  const left = new Map(horizons.map((horizon) => [horizon, [] as number[]]))
  const times: number[] = []
  let ordered = new Int32Array(0)

  function numberOf(time: number): number {
    const known = numbers.get(time)
    if (known !== undefined) return known
    numbers.set(time, times.length)
    for (const column of left.values()) column.push(Number.POSITIVE_INFINITY)
    return times.push(time) - 1
  }

  return {
    enter(time, closed) {
      const entries = Int32Array.from(time.subarray(0, closed), numberOf)
      for (const [horizon, column] of left)
        for (let i = 0; i + horizon <= closed; i++) {
          const entry = entries[i] ?? 0
          column[entry] = Math.min(column[entry] ?? Number.POSITIVE_INFINITY, time[i + horizon - 1] ?? 0)
        }
      return entries
    },
    inOrder() {
      if (ordered.length < times.length)
        ordered = Int32Array.from(times.keys()).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0))
      return ordered
    },
    timeOf: (entry) => times[entry] ?? Number.NaN,
    leftAt: (entry, horizon) => left.get(horizon)?.[entry] ?? Number.POSITIVE_INFINITY,
  }
}
