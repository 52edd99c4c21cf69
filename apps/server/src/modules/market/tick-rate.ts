import type { Clock } from '@banyan/domain'

const seconds = 10

/** Counts events and tells how many there were per second, over the running second and the nine before it. */
export interface TickRate {
  add(count: number): void
  perSecond(): number
}

export function createTickRate(clock: Clock): TickRate {
  const counts = new Float64Array(seconds)
  const countedIn = new Float64Array(seconds).fill(-1)
  return {
    add(count) {
      const second = Math.floor(clock.now() / 1000)
      const slot = second % seconds
      if (countedIn[slot] !== second) counts[slot] = 0
      countedIn[slot] = second
      counts[slot] = (counts[slot] ?? 0) + count
    },
    perSecond() {
      const second = Math.floor(clock.now() / 1000)
      const recent = counts.filter((_, slot) => (countedIn[slot] ?? -1) > second - seconds)
      return recent.reduce((sum, count) => sum + count, 0) / seconds
    },
  }
}
