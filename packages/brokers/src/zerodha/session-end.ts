import { dayMs, type EpochMs, istDate, istMidnight } from '@banyan/domain'

const endOfTokensMs = 6 * 3_600_000

/** Returns when an access token made at `loginTime` is over at the latest: the first 06:00 IST after it (upstreams.md §2.2). */
export function sessionEndAfter(loginTime: EpochMs): EpochMs {
  const sameDay = istMidnight(istDate(loginTime)) + endOfTokensMs
  return loginTime < sameDay ? sameDay : sameDay + dayMs
}
