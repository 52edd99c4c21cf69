import type { Clock, EpochMs } from '@banyan/domain'
import type { Bucket, Shortage } from './buckets.ts'

/** What is known of the buckets without asking for them: how early calls can start at best. Being early, it refuses nothing wrongly. */
export interface Forecast {
  /** Notes how asking for these buckets ended. */
  learn(buckets: readonly Bucket[], shortage: Shortage | null): void
  /** Returns the instant until which one of these is known to be empty; it may be past. */
  emptyUntil(buckets: readonly Bucket[]): EpochMs
  /** Returns an empty line, to be filled in the order of service. */
  plan(): Plan
}

/** Calls in the order in which they are going to be served. */
interface Plan {
  /** Returns when a call can start at best, behind those added. */
  startOf(buckets: readonly Bucket[]): EpochMs
  add(buckets: readonly Bucket[]): void
}

export function createForecast(clock: Clock): Forecast {
  const emptyUntil = new Map<string, EpochMs>()
  const note = (key: string, until: EpochMs): void => {
    emptyUntil.set(key, Math.max(until, emptyUntil.get(key) ?? until))
  }
  return {
    learn(buckets, shortage) {
      const now = clock.now()
      for (const [key, until] of emptyUntil) if (until <= now) emptyUntil.delete(key)
      if (shortage !== null) return note(shortage.key, now + shortage.waitMs)
      // One that holds a single token is empty now; of others only their keeper knows.
      for (const { key, capacity, intervalMs } of buckets) if (capacity === 1) note(key, now + intervalMs)
    },
    emptyUntil: (buckets) => Math.max(0, ...buckets.map(({ key }) => emptyUntil.get(key) ?? 0)),
    plan: () => createPlan(emptyUntil, clock.now()),
  }
}

function createPlan(emptyUntil: ReadonlyMap<string, EpochMs>, now: EpochMs): Plan {
  const ahead = new Map<string, number>()
  const tokenAt = ({ key, capacity, intervalMs }: Bucket): EpochMs => {
    const before = ahead.get(key) ?? 0
    const until = emptyUntil.get(key) ?? 0
    // One that is not known to be empty may be full.
    return until > now ? until + before * intervalMs : now + Math.max(0, before - capacity + 1) * intervalMs
  }
  return {
    startOf: (buckets) => Math.max(now, ...buckets.map(tokenAt)),
    add(buckets) {
      for (const { key } of buckets) ahead.set(key, (ahead.get(key) ?? 0) + 1)
    },
  }
}
