import type { Clock, MarketClock } from '@banyan/domain'

/** Returns a market clock that is the clock itself, as it is live. */
export function createLiveClock(clock: Clock): MarketClock {
  return { mode: 'live', recordedDate: null, now: () => clock.now(), wallTimeOf: (marketInstant) => marketInstant }
}
