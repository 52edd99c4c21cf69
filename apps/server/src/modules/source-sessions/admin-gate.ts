import { createHash, timingSafeEqual } from 'node:crypto'
import { BanyanError, type Clock, type EpochMs, type Secret } from '@banyan/domain'

/** Lets in who knows the operator's secret, and counts who does not. */
export interface AdminGate {
  /**
   * Returns when the secret is right. Throws `admin_secret_not_configured` where none is set, whatever was given, `admin_secret_invalid` for a
   * wrong or absent one, and `too_many_attempts` from the sixth attempt within 15 minutes of an address whose five were wrong.
   */
  check(address: string, given: string | null): void
}

const attempts = 5
const windowMs = 900_000
/** Of addresses; the oldest windows go first. */
const keptAtMost = 10_000

export function createAdminGate(secret: Secret | null, clock: Clock): AdminGate {
  const wrong = new Map<string, { count: number; readonly until: EpochMs }>()

  /** Counted before the comparison, so that attempts at the same time are not more than attempts in a row. */
  function count(address: string): void {
    const now = clock.now()
    for (const [old, { until }] of wrong) if (until <= now || wrong.size >= keptAtMost) wrong.delete(old)
    const window = wrong.get(address) ?? { count: 0, until: now + windowMs }
    if (window.count >= attempts)
      throw new BanyanError('too_many_attempts', { retryAfterS: Math.ceil((window.until - now) / 1_000) })
    window.count += 1
    wrong.set(address, window)
  }

  return {
    check(address, given) {
      if (secret === null) throw new BanyanError('admin_secret_not_configured')
      count(address)
      if (!isSame(secret.reveal(), given ?? '')) throw new BanyanError('admin_secret_invalid')
      wrong.delete(address)
    },
  }
}

/** Of hashes, so that the time tells not even the length. */
function isSame(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer]
  return timingSafeEqual(left, right)
}
