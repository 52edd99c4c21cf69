import type { InstrumentId } from '@banyan/domain'

/** One day of trades as a struct of typed arrays of equal length, ordered by time, ties in the recorder's order. */
export interface TickDay {
  /** The instruments that have ticks, in order of appearance; ticks refer to them by position. */
  readonly instruments: readonly InstrumentId[]
  readonly instrument: Uint16Array
  /** Recorded second of the day, seconds since 00:00 IST. The recording knows no finer time. */
  readonly second: Uint32Array
  /** Last traded price in rupees, > 0. */
  readonly price: Float64Array
  /** Units traded in the session so far; never falls within an instrument; 0 throughout for an index. */
  readonly volume: Float64Array
}

/** Ticks in the order they were read, before they are put in order. */
export type UnsortedTicks = TickDay

const secondsPerDay = 86_400

/**
 * Returns the ticks ordered by second, those of one second in the order given, with volume made the running maximum of its
 * instrument: recorders write some ticks a second or two late, and then cumulative volume would step back.
 */
export function sortTicks(ticks: UnsortedTicks): TickDay {
  const order = orderBySecond(ticks.second)
  const length = order.length
  const sorted = {
    instruments: ticks.instruments,
    instrument: new Uint16Array(length),
    second: new Uint32Array(length),
    price: new Float64Array(length),
    volume: new Float64Array(length),
  }
  const highest = new Float64Array(ticks.instruments.length)
  for (let i = 0; i < length; i++) {
    const from = order[i] ?? 0
    const instrument = ticks.instrument[from] ?? 0
    const volume = Math.max(highest[instrument] ?? 0, ticks.volume[from] ?? 0)
    highest[instrument] = volume
    sorted.instrument[i] = instrument
    sorted.second[i] = ticks.second[from] ?? 0
    sorted.price[i] = ticks.price[from] ?? 0
    sorted.volume[i] = volume
  }
  return sorted
}

/** Counting sort: stable, and linear in the number of ticks, of which a day has near a million. */
function orderBySecond(second: Uint32Array): Uint32Array {
  const next = new Uint32Array(secondsPerDay + 1)
  for (const s of second) next[s + 1] = (next[s + 1] ?? 0) + 1
  for (let s = 0; s < secondsPerDay; s++) next[s + 1] = (next[s + 1] ?? 0) + (next[s] ?? 0)
  const order = new Uint32Array(second.length)
  second.forEach((s, i) => {
    const place = next[s] ?? 0
    order[place] = i
    next[s] = place + 1
  })
  return order
}
