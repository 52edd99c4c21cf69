import type { GuessLimit } from '../../../modules/identity/index.ts'

interface Counter {
  guesses: number
  readonly windowEnd: number
  lockEnd: number | null
}

/** Guess counters as the port describes them, in memory and one caller at a time: what the stores are compared with. */
export function createGuessModel() {
  const counters = new Map<string, Counter>()
  const live = (bucket: string, now: number) => {
    const counter = counters.get(bucket)
    return counter && (counter.lockEnd ?? counter.windowEnd) > now ? counter : null
  }
  const after = (durationMs: number | null, now: number) =>
    durationMs === null ? Number.POSITIVE_INFINITY : now + durationMs

  const count = ({ bucket, limit, windowMs, lockMs }: GuessLimit, now: number) => {
    const counter = live(bucket, now) ?? { guesses: 0, windowEnd: after(windowMs, now), lockEnd: null }
    counters.set(bucket, counter)
    counter.guesses++
    if (counter.guesses >= limit) counter.lockEnd = lockMs === null ? counter.windowEnd : now + lockMs
  }
  const refusalEnd = ({ bucket, limit }: GuessLimit, now: number): number | null => {
    const counter = live(bucket, now)
    if (!counter || counter.guesses < limit) return null
    return counter.lockEnd ?? counter.windowEnd
  }

  return {
    takeGuess(limits: readonly GuessLimit[], now: number) {
      const ends = limits.flatMap((limit) => refusalEnd(limit, now) ?? [])
      if (ends.length > 0) {
        const last = Math.max(...ends)
        return { refusedUntil: Number.isFinite(last) ? last : null }
      }
      for (const limit of limits) count(limit, now)
      return 'taken' as const
    },
    refundGuess(limits: readonly GuessLimit[]) {
      for (const { bucket, limit } of limits) {
        const counter = counters.get(bucket)
        if (!counter) continue
        counter.guesses--
        if (counter.guesses < limit) counter.lockEnd = null
        if (counter.guesses === 0) counters.delete(bucket)
      }
    },
    countGuesses: (limit: GuessLimit, now: number) => live(limit.bucket, now)?.guesses ?? 0,
    clearGuesses(buckets: readonly string[]) {
      for (const bucket of buckets) counters.delete(bucket)
    },
  }
}
