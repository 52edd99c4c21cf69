import type { BrokerId } from '@banyan/brokers'
import { BanyanError, type Clock, type EpochMs, type ErrorCode } from '@banyan/domain'

/** A sync that brought no book. What the broker said of it is not kept. */
export interface SyncFailure {
  readonly broker: BrokerId
  /** Null where it failed before the broker said whose account it is. */
  readonly brokerAccount: string | null
  readonly at: EpochMs
  readonly code: ErrorCode
}

/** Another sync is under way, or was a moment ago: nothing was tried, so nothing failed. */
const notTried: readonly ErrorCode[] = ['sync_in_progress', 'rate_limited']

/** The last failed sync of each account at each broker: in the memory of this process and nowhere else, as sessions are. */
export function createSyncFailures(clock: Clock) {
  const byAccount = new Map<number, Map<string, SyncFailure>>()
  return {
    note(accountId: number, of: Pick<SyncFailure, 'broker' | 'brokerAccount'>, error: unknown): void {
      const code = error instanceof BanyanError ? error.code : 'internal_error'
      if (notTried.includes(code)) return
      const own = byAccount.get(accountId) ?? new Map<string, SyncFailure>()
      own.set(`${of.broker} ${of.brokerAccount}`, { ...of, at: clock.now(), code })
      byAccount.set(accountId, own)
    },
    list: (accountId: number): readonly SyncFailure[] => [...(byAccount.get(accountId)?.values() ?? [])],
    /** Forgets all of an account. */
    forget: (accountId: number): void => void byAccount.delete(accountId),
  }
}
