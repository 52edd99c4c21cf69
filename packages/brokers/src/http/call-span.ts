import type { Clock, EpochMs } from '@banyan/domain'
import { CallFault } from './call-fault.ts'

/** The time a call has. */
export interface CallSpan {
  readonly endsAt: EpochMs
  /** Aborted with the caller's reason, or with a {@link CallFault} when the time is over or the port closes. */
  readonly signal: AbortSignal
  timeLeftMs(): number
  /** To be called when the call has ended. */
  close(): void
}

export function openSpan(clock: Clock, totalMs: number, ...others: readonly AbortSignal[]): CallSpan {
  const endsAt = clock.now() + totalMs
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(new CallFault('timeout', { code: 'DEADLINE' })), totalMs)
  return {
    endsAt,
    signal: AbortSignal.any([...others, deadline.signal]),
    timeLeftMs: () => endsAt - clock.now(),
    close: () => clearTimeout(timer),
  }
}
