import type { Clock } from '@banyan/domain'
import type { Host } from './hosts.ts'
import { createOperationBreaker, type OperationBreaker } from './operation-breaker.ts'
import type { RateLimit } from './rate-limits.ts'
import { createRetryBudget, type RetryBudget } from './retry-budget.ts'
import type { Operation } from './upstream-port.ts'

/** What a port keeps for one line of its closed list. */
export interface Lane {
  readonly host: Host
  readonly breaker: OperationBreaker
  readonly budget: RetryBudget
}

/** Returns the lanes of a closed list. Throws, naming the operation, when one cannot be carried out with these hosts and limits. */
export function lanesOf(
  operations: readonly Operation[],
  hosts: ReadonlyMap<string, Host>,
  limits: Readonly<Record<string, RateLimit>>,
  clock: Clock,
): ReadonlyMap<Operation, Lane> {
  return new Map(
    operations.map((operation) => {
      const host = hosts.get(operation.host)
      if (host === undefined) throw refusal(operation, `names the host ${operation.host}, which has no address`)
      checkPath(operation)
      for (const name of operation.limits) checkLimit(operation, name, limits)
      return [operation, { host, breaker: createOperationBreaker(clock), budget: createRetryBudget(clock) }]
    }),
  )
}

function checkPath(operation: Operation): void {
  const segments = operation.path.split('/').slice(1)
  const isPlain = segments.every((segment) => /^:?[\w.~-]*$/.test(segment) && !/^\.{1,2}$/.test(segment))
  if (!operation.path.startsWith('/') || !isPlain) throw refusal(operation, 'needs a path of plain segments, as /a/:b')
}

function checkLimit(operation: Operation, name: string, limits: Readonly<Record<string, RateLimit>>): void {
  const limit = Object.hasOwn(limits, name) ? limits[name] : undefined
  if (limit === undefined) throw refusal(operation, `names the limit ${name}, which is not given`)
  if (!(limit.perMs > 0) || !(limit.calls > 0)) throw new Error(`the limit ${name} needs perMs and calls above 0`)
}

function refusal({ name }: Operation, why: string): Error {
  return new Error(`the operation ${name} ${why}`)
}
