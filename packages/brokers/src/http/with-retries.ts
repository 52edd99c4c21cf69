import { setTimeout as sleep } from 'node:timers/promises'
import { CallFault } from './call-fault.ts'
import { faultFailure, type TryFailure, type TryOutcome } from './try-outcome.ts'

/** Returns how long to wait after a failure before trying again, in milliseconds; null for not at all. `retries` were made before. */
export type RetryRule = (failed: TryFailure, retries: number) => number | null

/**
 * Tries until it works or the rule gives null for a failure. A further try that is refused before it starts leaves the failure before it
 * as it is, since that says more. Rejects with what else a try rejects with.
 */
export async function withRetries<T>(
  tryOnce: () => Promise<TryOutcome<T>>,
  rule: RetryRule,
  signal: AbortSignal,
): Promise<TryOutcome<T>> {
  let last: TryFailure | null = null
  for (let retries = 0; ; retries += 1) {
    try {
      const outcome: TryOutcome<T> = await tryOnce()
      if (outcome.failure === null) return outcome
      last = outcome
    } catch (refused) {
      if (!(refused instanceof CallFault)) throw refused
      return last ?? faultFailure(refused)
    }
    const delayMs = rule(last, retries)
    if (delayMs === null || !(await slept(delayMs, signal))) return last
  }
}

async function slept(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal })
    return true
  } catch {
    return false
  }
}
