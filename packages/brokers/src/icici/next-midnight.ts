import { type EpochMs, istDayNumber, midnightOfDayNumber } from '@banyan/domain'

/** Returns the next 00:00 IST after the instant: when a session and a day's allowance of calls are over (upstreams.md §3.1, §3.3). */
export function nextMidnightAfter(instant: EpochMs): EpochMs {
  return midnightOfDayNumber(istDayNumber(instant) + 1)
}
