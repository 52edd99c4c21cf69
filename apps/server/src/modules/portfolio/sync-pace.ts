import { BanyanError, type Clock, type EpochMs } from '@banyan/domain'

/** stocktrendz.md §2.5. */
const syncs = 6
const windowMs = 60_000

/** Returns a check that lets an account sync six times in any minute; throws `rate_limited` beyond. Counts in this process. */
export function createSyncPace(clock: Clock): (accountId: number) => void {
  const begun = new Map<number, readonly EpochMs[]>()
  return (accountId) => {
    const now = clock.now()
    for (const [id, times] of begun) if ((times.at(-1) ?? 0) <= now - windowMs) begun.delete(id)
    const recent = (begun.get(accountId) ?? []).filter((at) => at > now - windowMs)
    const [oldest] = recent
    if (oldest !== undefined && recent.length >= syncs)
      throw new BanyanError('rate_limited', { retryAfterS: Math.ceil((oldest + windowMs - now) / 1_000) })
    begun.set(accountId, [...recent, now])
  }
}
