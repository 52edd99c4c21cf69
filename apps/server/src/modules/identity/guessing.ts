import { BanyanError, dayMs, type EpochMs } from '@banyan/domain'
import type { RequestOrigin } from './callers.ts'
import type { GuessLimit, IdentityTransaction } from './identity-store.ts'

const minuteMs = 60_000

/** Whose secrets are guessed: an account, or the mac of a name nobody has, which is counted and refused alike. */
export interface GuessSubject {
  /** `account:<id>` or `name:<mac>`. */
  readonly key: string
  /** Mac of the name that was given, which may be one of several of the account. */
  readonly nameMac: string
}

/** Wrong first factors until the password opens nothing any more: only a mailed reset or the command line helps (quality bar L1). */
export const firstRunLimit = 100
/** Wrong second factors within an hour at which the owner is told. */
export const secondNoticeAt = 10
/** Wrong second factors in a row until none opens anything any more: only the command line helps (quality bar T5). */
export const secondRunLimit = 100

/**
 * Returns what a guess at a first factor counts in. /api: 5 in 15 minutes per name and address. The daily sign-ins: 5 in 15 minutes per
 * name, then locked for 15. All together per account: 50 an hour, and 100 in a row. A device that signed in before has counters of its own
 * instead, so that strangers cannot keep the owner out.
 */
export function firstFactorLimits(
  { key, nameMac }: GuessSubject,
  origin: RequestOrigin,
  addressKey: string,
  knownDevice: string | null,
): readonly GuessLimit[] {
  if (knownDevice !== null) {
    return [
      { bucket: `first:device:${knownDevice}`, limit: 5, windowMs: 15 * minuteMs, lockMs: null },
      { bucket: `first:device-run:${knownDevice}`, limit: firstRunLimit, windowMs: null, lockMs: null },
    ]
  }
  const own: GuessLimit =
    origin.surface === 'api'
      ? { bucket: `first:api:${nameMac}:${addressKey}`, limit: 5, windowMs: 15 * minuteMs, lockMs: null }
      : { bucket: `first:daily:${nameMac}`, limit: 5, windowMs: 15 * minuteMs, lockMs: 15 * minuteMs }
  return [own, firstHourLimit(key), firstRun(key)]
}

function firstHourLimit(key: string): GuessLimit {
  return { bucket: `${key}:first-hour`, limit: 50, windowMs: 60 * minuteMs, lockMs: null }
}

export function firstRun(key: string): GuessLimit {
  return { bucket: `${key}:first-run`, limit: firstRunLimit, windowMs: null, lockMs: null }
}

/**
 * Returns what a guess at a second factor counts in, over all factors, dialects and addresses (quality bar T5): 10 in an hour, then locked
 * for 15 minutes; 50 a day, then only a mailed password reset opens earlier; 100 in a row, then only the command line.
 */
export function secondFactorLimits(key: string): readonly GuessLimit[] {
  return [secondHour(key), secondDay(key), secondRun(key)]
}

export function secondHour(key: string): GuessLimit {
  return { bucket: `${key}:second-hour`, limit: 10, windowMs: 60 * minuteMs, lockMs: 15 * minuteMs }
}

function secondDay(key: string): GuessLimit {
  return { bucket: `${key}:second-day`, limit: 50, windowMs: dayMs, lockMs: null }
}

export function secondRun(key: string): GuessLimit {
  return { bucket: `${key}:second-run`, limit: secondRunLimit, windowMs: null, lockMs: null }
}

/** An MPIN dies after five wrong ones in a row, until a full sign-in (quality bar T6). */
export function mpinLimit(key: string): GuessLimit {
  return { bucket: `${key}:mpin`, limit: 5, windowMs: null, lockMs: null }
}

/** Counts a guess, or throws `too_many_attempts` and leaves every counter as it was. */
export async function takeGuess(tx: IdentityTransaction, limits: readonly GuessLimit[], now: EpochMs): Promise<void> {
  const verdict = await tx.takeGuess(limits, now)
  if (verdict === 'taken') return
  throw new BanyanError('too_many_attempts', { retryAfterS: waitS(verdict.refusedUntil, now) })
}

/** Throws `too_many_attempts` when a guess would be refused, and counts none. */
export async function refuseIfLocked(
  tx: IdentityTransaction,
  limits: readonly GuessLimit[],
  now: EpochMs,
): Promise<void> {
  await takeGuess(tx, limits, now)
  await tx.refundGuess(limits)
}

/** What ends by itself at no time is asked about again in an hour: a mailed reset may have ended it. */
const noEndS = 3_600

export function waitS(until: EpochMs | null, now: EpochMs): number {
  return until === null ? noEndS : Math.max(1, Math.ceil((until - now) / 1000))
}

/**
 * Forgets the guesses at an account after a full sign-in. Those at a second factor only when one was proven: a way in without one must not
 * give whoever guesses the other way new tries.
 */
export async function forgetGuesses(
  tx: IdentityTransaction,
  subject: GuessSubject,
  first: readonly GuessLimit[],
  hasProvenSecond: boolean,
): Promise<void> {
  const second = hasProvenSecond ? secondFactorLimits(subject.key) : []
  const limits = [...first, firstHourLimit(subject.key), firstRun(subject.key), ...second, mpinLimit(subject.key)]
  await tx.clearGuesses([...new Set(limits.map(({ bucket }) => bucket))])
}

/** Returns the counters that may lock an account, but for those of one address and the run of wrong second factors. */
export function lockBuckets({ key, nameMac }: GuessSubject): readonly string[] {
  const limits = [firstHourLimit(key), firstRun(key), secondHour(key), secondDay(key), mpinLimit(key)]
  return [...limits.map(({ bucket }) => bucket), `first:daily:${nameMac}`]
}
