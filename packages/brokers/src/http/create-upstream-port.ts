import type { Clock } from '@banyan/domain'
import { createAgent, type ResolveAll } from './agent.ts'
import type { SharedBuckets } from './buckets.ts'
import { CallFault } from './call-fault.ts'
import { type CallSpan, openSpan } from './call-span.ts'
import { type Deadlines, standardDeadlines } from './deadlines.ts'
import { withFallback } from './fallback-buckets.ts'
import { type AllowPrivate, hostsOf } from './hosts.ts'
import { type Lane, lanesOf } from './lane.ts'
import { createMemoryBuckets } from './memory-buckets.ts'
import type { RateLimit } from './rate-limits.ts'
import { retryDelayMs } from './retry-delay.ts'
import { createSteadyClock } from './steady-clock.ts'
import { createTryOnce, type TryParts } from './try-once.ts'
import { upstreamError } from './try-outcome.ts'
import type { Operation, UpstreamCall, UpstreamPort } from './upstream-port.ts'
import { createWaitingLine, type Places } from './waiting-line.ts'
import { type RetryRule, withRetries } from './with-retries.ts'

export interface UpstreamPortParts {
  readonly provider: string
  /** Base address of each host the operations name. */
  readonly hosts: Readonly<Record<string, string>>
  /** The closed list, by identity: a call of anything else throws. */
  readonly operations: readonly Operation[]
  /** By the names the operations use. */
  readonly limits: Readonly<Record<string, RateLimit>>
  readonly clock: Clock
  /** By default no host may be private. */
  readonly allowPrivate?: AllowPrivate
  /** Where several instances keep their tokens together; by default each counts alone. */
  readonly buckets?: SharedBuckets
  /** Of each operation; by default 10 calls at once and 20 waiting for a place. */
  readonly places?: Places
  readonly deadlines?: Partial<Deadlines>
  /** Returns 0 ≤ x < 1: the jitter of further tries. */
  readonly random?: () => number
  readonly resolveAll?: ResolveAll
}

const standardPlaces: Places = { atOnce: 10, waiting: 20 }

/** Returns the only way out to one provider. Throws, naming what is wrong, for parts that do not fit together. */
export function createUpstreamPort(parts: UpstreamPortParts): UpstreamPort {
  const { provider, limits, random = Math.random } = parts
  const clock = createSteadyClock(parts.clock)
  const deadlines: Deadlines = { ...standardDeadlines, ...parts.deadlines }
  const hosts = hostsOf(parts.hosts, parts.allowPrivate ?? false)
  const lanes = lanesOf(parts.operations, hosts, limits, clock)
  const inProcess = createMemoryBuckets(clock)
  const buckets = parts.buckets === undefined ? inProcess : withFallback(parts.buckets, inProcess)
  const line = createWaitingLine(buckets, clock, parts.places ?? standardPlaces)
  const mayBePrivate = new Set([...hosts.values()].filter((host) => host.mayBePrivate).map((host) => host.hostname))
  const agent = createAgent(deadlines, (hostname) => mayBePrivate.has(hostname), parts.resolveAll)
  const closing = new AbortController()

  const tryParts: TryParts = { provider, limits, buckets, line, agent }

  /** Asked after each failure: milliseconds until a further try, null for none. */
  const retryRule = ({ operation }: UpstreamCall<unknown>, { budget }: Lane, span: CallSpan): RetryRule => {
    return (failed, retries) => {
      const timeLeftMs = span.timeLeftMs()
      const delayMs = retryDelayMs(operation, failed, { retries, timeLeftMs, random, range: deadlines.retryMs })
      return delayMs !== null && budget.takeRetry() ? delayMs : null
    }
  }

  return {
    provider,
    async call(call) {
      const lane = lanes.get(call.operation)
      if (lane === undefined) throw new Error(`${provider} has no operation ${call.operation.name} in its closed list`)
      call.signal.throwIfAborted()
      const span = openSpan(clock, deadlines.totalMs, call.signal, closing.signal)
      try {
        const tryOnce = createTryOnce(tryParts, lane, call, span)
        const outcome = await withRetries(tryOnce, retryRule(call, lane, span), span.signal)
        if (outcome.failure === null) return outcome.value
        call.signal.throwIfAborted()
        throw upstreamError(provider, call.operation.name, outcome)
      } finally {
        span.close()
      }
    },
    circuit() {
      const circuits = [...lanes.values()].map(({ breaker }) => breaker.circuit())
      return (['open', 'half_open'] as const).find((state) => circuits.includes(state)) ?? 'closed'
    },
    close() {
      closing.abort(new CallFault('unavailable', { code: 'CLOSED' }))
      return agent.destroy()
    },
  } satisfies UpstreamPort
}
