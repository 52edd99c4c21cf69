import type { Snapshot } from '@banyan/client'

/**
 * Returns the market's own time in epoch milliseconds, at `now` on the wall clock: in replay the recorded day at the
 * replayed time of day. A price's `as_of` plus its age is the market clock at the answer; since then wall time has gone
 * on. Null when no index has a price and the market is a replay, because then nothing tells where the replay stands.
 */
export function marketTime(snapshot: Snapshot, answeredAt: number, now: number): number | null {
  for (const index of Object.values(snapshot.indices)) {
    if (index.as_of === null || index.age_ms === null) continue
    return Date.parse(index.as_of) + index.age_ms + Math.max(0, now - answeredAt)
  }
  return snapshot.market.mode === 'live' ? now : null
}

/** Returns the trading date the prices belong to (`YYYY-MM-DD`, IST), null before any price. */
export function pricesDate(snapshot: Snapshot): string | null {
  return snapshot.market.recorded_date ?? snapshot.market.as_of_ist?.slice(0, 10) ?? null
}
