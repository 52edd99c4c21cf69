import type { Clock, EpochMs } from '@banyan/domain'
import type { Bucket, SharedBuckets } from './buckets.ts'

/** Buckets kept at most. Beyond it the longest unused are forgotten, which fills them: somebody would need that many keys at once. */
const mostBuckets = 10_000

/** Returns buckets kept in this process. */
export function createMemoryBuckets(clock: Clock, most = mostBuckets): SharedBuckets & { size(): number } {
  /** Instants at which buckets are full again, the longest unused first. One that is full needs no entry. */
  const fullAt = new Map<string, EpochMs>()

  const waitFor = (bucket: Bucket, now: EpochMs): number => {
    const slackMs = (bucket.capacity - 1) * bucket.intervalMs
    return (fullAt.get(bucket.key) ?? now) - slackMs - now
  }
  const set = (bucket: Bucket, instant: EpochMs, now: EpochMs): void => {
    fullAt.delete(bucket.key)
    if (instant > now) fullAt.set(bucket.key, instant)
    if (fullAt.size > most) shrink(fullAt, now, most)
  }
  return {
    size: () => fullAt.size,
    async take(buckets) {
      const now = clock.now()
      const waits = buckets.map((bucket) => ({ key: bucket.key, waitMs: waitFor(bucket, now) }))
      const longest = waits.toSorted((a, b) => b.waitMs - a.waitMs)[0]
      if (longest !== undefined && longest.waitMs > 0) return longest
      for (const bucket of buckets) {
        set(bucket, Math.max(now, fullAt.get(bucket.key) ?? now) + bucket.intervalMs, now)
      }
      return null
    },
    async pause(bucket, ms) {
      const now = clock.now()
      const slackMs = (bucket.capacity - 1) * bucket.intervalMs
      set(bucket, Math.max(now + ms + slackMs, fullAt.get(bucket.key) ?? now), now)
    },
  }
}

/** A tenth more than needed goes, so that the next call does not search again. */
function shrink(fullAt: Map<string, EpochMs>, now: EpochMs, most: number): void {
  for (const [key, instant] of fullAt) if (instant <= now) fullAt.delete(key)
  if (fullAt.size <= most) return
  const surplus = fullAt.size - Math.floor(most * 0.9)
  for (const key of [...fullAt.keys()].slice(0, surplus)) fullAt.delete(key)
}
