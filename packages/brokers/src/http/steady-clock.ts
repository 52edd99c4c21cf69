import type { Clock, EpochMs } from '@banyan/domain'

/** Returns a clock for measuring spans: when the given one is set back it goes on from where it was, so nothing waits for time to come again. */
export function createSteadyClock(clock: Clock): Clock {
  let last: EpochMs = clock.now()
  let aheadMs = 0
  return {
    now() {
      const now = clock.now()
      if (now + aheadMs < last) aheadMs = last - now
      last = now + aheadMs
      return last
    },
  }
}
