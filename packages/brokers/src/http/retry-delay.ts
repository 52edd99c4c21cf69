import { failureRules } from '../outcome.ts'
import type { Deadlines } from './deadlines.ts'
import type { TryFailure } from './try-outcome.ts'
import type { Operation } from './upstream-port.ts'

/** A vendor that asks for more is not waited for, however much time there is. */
const longestRetryAfterS = 30

/** Returns how long to wait before a further try, in milliseconds; null when there is none. Only reading is tried again. */
export function retryDelayMs(
  operation: Operation,
  failed: TryFailure,
  so: {
    readonly retries: number
    readonly timeLeftMs: number
    readonly random: () => number
    readonly range: Deadlines['retryMs']
  },
): number | null {
  if (operation.method !== 'GET' || !operation.retried) return null
  if (so.retries >= failureRules[failed.failure].retries) return null
  const askedS = failed.retryAfterS ?? 0
  const [shortest, longest] = so.range
  const delayMs = Math.max(askedS * 1000, shortest + so.random() * (longest - shortest))
  return askedS > longestRetryAfterS || delayMs >= so.timeLeftMs ? null : delayMs
}
