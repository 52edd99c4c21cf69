import type { Clock, EpochMs } from '@banyan/domain'
import { CircuitState, type IBreaker } from 'cockatiel'

export interface RollingBreakerOptions {
  readonly windowMs: number
  /** Calls the window must hold before the circuit may open. */
  readonly minimumCalls: number
  /** Share of failed calls, 0 to 1, from which (included) it opens. */
  readonly threshold: number
}

/**
 * Returns a breaker that looks at the calls of the last `windowMs`. Cockatiel's own sampling breaker moves its window only when a
 * call is made, one part per call, so failures of an hour ago still count after a quiet hour; and it opens only above its threshold.
 */
export function createRollingBreaker(clock: Clock, options: RollingBreakerOptions): IBreaker {
  const { windowMs, minimumCalls, threshold } = options
  let calls: { at: EpochMs; failed: boolean }[] = []

  const add = (failed: boolean): void => {
    const at = clock.now()
    calls = calls.filter((call) => call.at > at - windowMs)
    calls.push({ at, failed })
  }
  return {
    /** Nothing is carried over a restart. */
    state: null,
    success(state) {
      if (state === CircuitState.HalfOpen) calls = []
      add(false)
    },
    failure(state) {
      add(true)
      if (state !== CircuitState.Closed) return true
      const failed = calls.filter((call) => call.failed).length
      return calls.length >= minimumCalls && failed >= threshold * calls.length
    },
  }
}
