import type { Clock, EpochMs } from '@banyan/domain'

const windowMs = 60_000
const share = 0.1
/** So that a call that comes alone may be tried again as often as its failure permits. */
const alwaysAllowed = 2

/** Keeps further tries to a tenth of the calls of the last minute, so that they do not keep down a vendor that is ill. */
export interface RetryBudget {
  /** Notes that a try, first or further, goes out. */
  noteTry(): void
  /** Returns whether one more try is allowed, and counts it as a further one. */
  takeRetry(): boolean
}

export function createRetryBudget(clock: Clock): RetryBudget {
  let tries: EpochMs[] = []
  let retries: EpochMs[] = []
  const ofLastMinute = (instants: EpochMs[]): EpochMs[] => instants.filter((at) => at > clock.now() - windowMs)
  return {
    noteTry() {
      tries = ofLastMinute(tries)
      tries.push(clock.now())
    },
    takeRetry() {
      tries = ofLastMinute(tries)
      retries = ofLastMinute(retries)
      const calls = tries.length - retries.length
      if (retries.length + 1 > Math.max(alwaysAllowed, Math.floor(calls * share))) return false
      retries.push(clock.now())
      return true
    },
  }
}
