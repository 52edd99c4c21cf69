import type { Clock, EpochMs } from '@banyan/domain'
import type { Timers } from '../timers.ts'

/** A clock and its timers that stand still until they are moved. */
export interface ManualTime extends Clock, Timers {
  /** Moves time forward and runs what falls due, in order; what runs sees the time it was due. */
  advance(ms: number): void
  /** Sets the clock, also backwards, and runs nothing. */
  set(now: EpochMs): void
  /** Number of rhythms not yet ended. */
  running(): number
}

/** Returns time that stands at `start`. */
export function createManualTime(start: EpochMs): ManualTime {
  const rhythms = new Set<{ intervalMs: number; due: EpochMs; run: () => void }>()
  let now = start
  const earliest = (until: EpochMs) =>
    [...rhythms].filter((r) => r.due <= until).sort((a, b) => a.due - b.due)[0] ?? null
  return {
    now: () => now,
    set(to) {
      for (const rhythm of rhythms) rhythm.due += to - now
      now = to
    },
    every(intervalMs, run) {
      const rhythm = { intervalMs, due: now + intervalMs, run }
      rhythms.add(rhythm)
      return () => rhythms.delete(rhythm)
    },
    advance(ms) {
      const until = now + ms
      for (let rhythm = earliest(until); rhythm; rhythm = earliest(until)) {
        now = rhythm.due
        rhythm.due += rhythm.intervalMs
        rhythm.run()
      }
      now = until
    },
    running: () => rhythms.size,
  }
}
