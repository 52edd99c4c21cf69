import type { FaultKind, FaultOrder } from './fault.ts'
import type { SandboxClock } from './upstream.ts'

/** A fault that was set. */
export interface QueuedFault {
  readonly order: FaultOrder
  /** True while it lasts. */
  isOn(): boolean
  /** Counts one effect and returns true while it lasts; false without counting afterwards. */
  use(): boolean
  /** How often it will strike yet; null: no end. */
  left(): number | null
}

/** The faults of one upstream, in the order they were set. */
export interface FaultQueue {
  /** `accept` is told first; what it throws keeps the fault out. */
  add(order: FaultOrder, accept: (fault: QueuedFault) => void): void
  /** Those that still last. */
  list(): readonly QueuedFault[]
  /** Returns the first fault of one of these kinds that lasts and is meant for the operation; null when there is none. Counts nothing. */
  find(kinds: readonly FaultKind[], operation: string | null): QueuedFault | null
  /** Ends all. */
  clear(): void
}

/** Durations run on the clock's elapsed time: while the clock is frozen as well. */
export function createFaultQueue(clock: SandboxClock): FaultQueue {
  let queue: (QueuedFault & { end(): void })[] = []
  const list = () => {
    queue = queue.filter((fault) => fault.isOn())
    return queue
  }
  return {
    add(order, accept) {
      const fault = createFault(order, clock)
      accept(fault)
      queue.push(fault)
    },
    list,
    find: (kinds, operation) =>
      list().find(
        ({ order }) => kinds.includes(order.kind) && (order.operation === null || order.operation === operation),
      ) ?? null,
    clear() {
      for (const fault of queue) fault.end()
      queue = []
    },
  }
}

function createFault(order: FaultOrder, clock: SandboxClock) {
  const endsAt = order.durationMs === null ? Number.POSITIVE_INFINITY : clock.elapsedMs() + order.durationMs
  let left = order.count ?? Number.POSITIVE_INFINITY
  const isOn = () => left > 0 && clock.elapsedMs() < endsAt
  return {
    order,
    isOn,
    use() {
      if (!isOn()) return false
      left -= 1
      return true
    },
    left: () => (left === Number.POSITIVE_INFINITY ? null : left),
    end() {
      left = 0
    },
  }
}
