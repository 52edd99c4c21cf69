import type { CallLog, LoggedCall } from './call-log.ts'
import { FaultOrderError, type FaultRequest, isDomainFault, readFaultOrder } from './fault.ts'
import type { FaultQueue, QueuedFault } from './fault-queue.ts'
import type { ProviderServer } from './provider-server.ts'
import type { ImitatedUpstream, SandboxClock, SandboxProvider } from './upstream.ts'

/** What belongs to one provider. */
export interface ProviderLane {
  readonly upstream: ImitatedUpstream
  readonly queue: FaultQueue
  readonly log: CallLog
  readonly server: Pick<ProviderServer, 'refuseWhile' | 'reopen'>
}

/** A test's hands on the sandbox; the routes under `/_sandbox/` do the same. */
export interface SandboxControl {
  readonly clock: SandboxClock
  /** Sets a fault: `setFault('zerodha', { fault: 'status:503', count: 2 })`. Throws {@link FaultOrderError}. */
  setFault(provider: SandboxProvider, request: FaultRequest): void
  /** Returns the faults that still last, by provider. */
  faults(): Readonly<Record<SandboxProvider, readonly QueuedFault[]>>
  /** Ends the faults of one provider, or all; resolves when its port is open again. */
  clearFaults(provider?: SandboxProvider): Promise<void>
  /** Returns the last calls of one provider, or of all in the order they came, each with its secrets masked. */
  log(provider?: SandboxProvider): readonly LoggedCall[]
  clearLog(provider?: SandboxProvider): void
}

export function createControl(
  clock: SandboxClock,
  lanes: Readonly<Record<SandboxProvider, ProviderLane>>,
): SandboxControl {
  const lanesOf = (provider?: SandboxProvider) => (provider ? [lanes[provider]] : Object.values(lanes))
  return {
    clock,
    setFault(provider, request) {
      const order = readFaultOrder(provider, request)
      const { upstream, queue, server } = lanes[provider]
      const { kind } = order
      if (isDomainFault(kind) && !upstream.applyFault) throw new FaultOrderError(`${provider} has no fault ${kind}`)
      queue.add(order, (fault) => {
        if (kind === 'refuse') server.refuseWhile(fault)
        if (isDomainFault(kind)) upstream.applyFault?.({ kind, isOn: fault.isOn, use: fault.use })
      })
    },
    faults: () => ({
      zerodha: lanes.zerodha.queue.list(),
      icici: lanes.icici.queue.list(),
      yahoo: lanes.yahoo.queue.list(),
      exchange: lanes.exchange.queue.list(),
    }),
    async clearFaults(provider) {
      for (const { queue } of lanesOf(provider)) queue.clear()
      await Promise.all(lanesOf(provider).map(({ server }) => server.reopen()))
    },
    log: (provider) =>
      lanesOf(provider)
        .flatMap(({ log }) => log.list())
        .sort((a, b) => a.at - b.at),
    clearLog(provider) {
      for (const { log } of lanesOf(provider)) log.clear()
    },
  }
}
