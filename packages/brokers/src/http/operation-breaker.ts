import type { Clock, EpochMs } from '@banyan/domain'
import { type CircuitBreakerPolicy, CircuitState, circuitBreaker, handleWhenResult } from 'cockatiel'
import { failureRules } from '../outcome.ts'
import { createRollingBreaker } from './rolling-breaker.ts'
import type { TryFailure, TryOutcome } from './try-outcome.ts'
import type { UpstreamPort } from './upstream-port.ts'

/** quality-bar.md U3: 10 tries and half of them failed within 10 s open the circuit for 30 s; then one try tells. */
const rules = { windowMs: 10_000, minimumCalls: 10, threshold: 0.5, openMs: 30_000 } as const

/** Keeps calls of one operation from a vendor that is ill. */
export interface OperationBreaker {
  /** False while it is open and while its one probe is under way. */
  admits(): boolean
  /** Runs a try that {@link admits} let through. A try that rejects was aborted: that tells nothing of the vendor. */
  run<T>(attempt: () => Promise<TryOutcome<T>>): Promise<TryOutcome<T>>
  circuit(): ReturnType<UpstreamPort['circuit']>
}

export function createOperationBreaker(clock: Clock): OperationBreaker {
  let openUntil: EpochMs = 0
  const policy: CircuitBreakerPolicy = circuitBreaker(
    handleWhenResult((outcome) => isIll(outcome as TryOutcome<unknown>)),
    { halfOpenAfter: rules.openMs, breaker: createRollingBreaker(clock, rules) },
  )
  policy.onBreak(() => {
    // The process's clock: cockatiel has no other.
    openUntil = Date.now() + rules.openMs
  })
  const isDue = (): boolean => policy.state === CircuitState.Open && Date.now() >= openUntil

  return {
    // Cockatiel lets others wait for the end of a probe, up to ten seconds; they are better off with another source.
    admits: () => policy.state === CircuitState.Closed || isDue(),
    run: (attempt) => (policy.state === CircuitState.Closed ? policy.execute(attempt) : probe(policy, attempt)),
    circuit() {
      if (policy.state === CircuitState.Closed) return 'closed'
      return policy.state === CircuitState.HalfOpen || isDue() ? 'half_open' : 'open'
    },
  }
}

function isIll({ failure }: TryOutcome<unknown>): boolean {
  return failure !== null && failureRules[failure].countsForBreaker
}

const unproven: TryFailure = { failure: 'timeout', retryAfterS: null, vendorText: null, code: null }

/** An aborted probe proved nothing, so the circuit opens again; cockatiel would close it for whatever a probe throws. */
async function probe<T>(policy: CircuitBreakerPolicy, attempt: () => Promise<TryOutcome<T>>): Promise<TryOutcome<T>> {
  const aborts: unknown[] = []
  const outcome = await policy.execute(() =>
    attempt().catch((reason: unknown) => {
      aborts.push(reason)
      return unproven
    }),
  )
  if (aborts.length > 0) throw aborts[0]
  return outcome
}
