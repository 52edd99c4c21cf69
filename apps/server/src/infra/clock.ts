import { performance } from 'node:perf_hooks'
import type { Clock } from '@banyan/domain'

/** The wall clock together with a clock that never jumps; durations are measured on the latter. */
export interface SystemClock extends Clock {
  /** Returns milliseconds, fractions included, since an arbitrary start. Never goes back when the wall clock is set. */
  elapsedMs(): number
}

/** Returns the clocks of this machine. The only place that reads them; everything else is handed a clock. */
export function createSystemClock(): SystemClock {
  return { now: () => Date.now(), elapsedMs: () => performance.now() }
}
