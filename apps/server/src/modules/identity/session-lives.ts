import { addDays, dayMs, type EpochMs, istDate, istMidnight } from '@banyan/domain'

const hourMs = 3_600_000

/** A standing session ends 30 days after sign-in, whatever is refreshed meanwhile. */
export const standingMs = 30 * dayMs

/** How long a token of a standing session lives at most; never beyond the session. */
export const tokenMs = { session: 7 * dayMs, access: hourMs, refresh: standingMs } as const

export const challengeMs = 300_000
export const oneTimeMs = 900_000
export const codeMs = 300_000
export const codeTokenMs = 600_000

/** Sessions kept per account: of more, the oldest go. */
export const standingKept = 20
export const dailyKept = 5

/** Returns when a daily session ends: 06:00 IST on the calendar day after the one it began on. */
export function dailyEnd(now: EpochMs): EpochMs {
  return istMidnight(addDays(istDate(now), 1)) + 6 * hourMs
}
