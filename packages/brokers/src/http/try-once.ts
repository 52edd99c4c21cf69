import type { Agent } from 'undici'
import { attempt } from './attempt.ts'
import type { SharedBuckets } from './buckets.ts'
import type { CallSpan } from './call-span.ts'
import type { Lane } from './lane.ts'
import { outgoingRequest } from './outgoing-request.ts'
import { limitsOf, type RateLimit } from './rate-limits.ts'
import type { TryOutcome } from './try-outcome.ts'
import type { UpstreamCall } from './upstream-port.ts'
import type { WaitingLine } from './waiting-line.ts'

export interface TryParts {
  readonly provider: string
  readonly limits: Readonly<Record<string, RateLimit>>
  readonly buckets: SharedBuckets
  readonly line: WaitingLine
  readonly agent: Agent
}

/**
 * Returns a function that tries the call once, when its turn comes: behind the limits, the places and the breaker. It rejects with a
 * `CallFault` when the try was refused before it started, and with the caller's reason. Throws for a call that leaves the closed list.
 */
export function createTryOnce<T>(
  { provider, limits, buckets, line, agent }: TryParts,
  { host, breaker, budget }: Lane,
  call: UpstreamCall<T>,
  { signal, endsAt }: CallSpan,
): () => Promise<TryOutcome<T>> {
  const { operation, rank, limitKey } = call
  const request = outgoingRequest(host, call)
  const { buckets: needed, pausesFor } = limitsOf(provider, operation, limits, limitKey)
  const turn = {
    operation,
    rank,
    work: call.signal,
    buckets: needed,
    deadline: endsAt,
    signal,
    isAdmitted: breaker.admits,
  }

  return () =>
    line.run(turn, async () => {
      budget.noteTry()
      const outcome = await breaker.run(() => attempt(agent, request, call, signal))
      if (outcome.failure === 'rate_limited')
        await Promise.all(pausesFor(outcome.retryAfterS ?? 1).map(({ bucket, ms }) => buckets.pause(bucket, ms)))
      return outcome
    })
}
