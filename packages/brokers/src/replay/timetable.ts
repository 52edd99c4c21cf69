import type { TickDay } from './tick-day.ts'

/**
 * Returns when each tick is released, ms since 00:00 IST, never falling. A recorded second's ticks are spread over that
 * second in their order; seed and second decide the places, so that the same seed gives the same timetable on every instance.
 */
export function createTimetable(ticks: Pick<TickDay, 'second'>, seed: number): Uint32Array {
  const release = new Uint32Array(ticks.second.length)
  let start = 0
  while (start < release.length) {
    const second = ticks.second[start] ?? 0
    let end = start + 1
    while (end < release.length && ticks.second[end] === second) end++
    for (let i = start; i < end; i++) release[i] = second * 1000 + placeInSecond(seed, second, i - start)
    release.subarray(start, end).sort()
    start = end
  }
  return release
}

/** Returns 0 to 999: a hash of its arguments (the finaliser of MurmurHash3 over their mix), so no state is carried along. */
function placeInSecond(seed: number, second: number, index: number): number {
  let h = (seed ^ Math.imul(second + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) % 1000
}
