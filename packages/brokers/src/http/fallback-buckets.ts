import type { SharedBuckets } from './buckets.ts'

/** Returns buckets that are kept in the second place while the first cannot be reached: the same limits, then of each process alone. */
export function withFallback(first: SharedBuckets, second: SharedBuckets): SharedBuckets {
  return {
    take: (buckets) => first.take(buckets).catch(() => second.take(buckets)),
    // In both, so that a pause outlasts the first one's absence.
    async pause(bucket, ms) {
      await Promise.all([first.pause(bucket, ms).catch(() => undefined), second.pause(bucket, ms)])
    },
  }
}
