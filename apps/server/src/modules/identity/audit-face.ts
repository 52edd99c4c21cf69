import type { EpochMs } from '@banyan/domain'
import type { SessionCaller, Surface } from './callers.ts'

export interface AuditEvent {
  readonly id: number
  readonly at: EpochMs
  readonly action: string
  readonly outcome: 'done' | 'refused'
  readonly surface: Surface
  readonly address: string | null
  readonly userAgent: string | null
  readonly requestId: string | null
  /** Facts of the event, never a secret: factor, session, key or application concerned, reason of a refusal. */
  readonly facts: Readonly<Record<string, string | number | boolean>>
}

export interface AuditFace {
  /** The caller's own events, newest first, below `before` (an event id) when given. */
  list(
    caller: SessionCaller,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<{ readonly events: readonly AuditEvent[]; readonly nextBefore: number | null }>
}
