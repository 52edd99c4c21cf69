import type { EpochMs } from '@banyan/domain'
import type { RequestOrigin, SessionCaller, Surface } from './callers.ts'

export interface SessionView {
  readonly id: string
  readonly current: boolean
  readonly surface: Surface
  readonly createdAt: EpochMs
  /** Exact to 60 s. */
  readonly lastSeenAt: EpochMs
  readonly expiresAt: EpochMs
  readonly address: string
  readonly userAgent: string | null
  readonly applicationId: string | null
  /** What the client said of its device; never trusted. */
  readonly deviceFacts: Readonly<Record<string, string>> | null
}

export interface SessionsFace {
  list(caller: SessionCaller): Promise<readonly SessionView[]>
  get(caller: SessionCaller, id: string): Promise<SessionView>
  /** Ends one session. Throws `not_found` for one that is unknown, over or another account's. */
  revoke(caller: SessionCaller, id: string, origin: RequestOrigin): Promise<void>
  /** Ends all sessions but the caller's and returns how many. */
  revokeOthers(caller: SessionCaller, origin: RequestOrigin): Promise<number>
  /** Ends the caller's own session. Returns false when it was over already. */
  end(caller: SessionCaller, origin: RequestOrigin): Promise<boolean>
}
