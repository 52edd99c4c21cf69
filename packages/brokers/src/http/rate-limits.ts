import type { Bucket } from './buckets.ts'
import type { Operation } from './upstream-port.ts'

/** A limit as the vendor publishes it: `calls` in `perMs`. */
export interface RateLimit {
  readonly perMs: number
  readonly calls: number
  /** Whom the vendor counts: each key, this installation as a whole, or both. Calls without a key are counted as one key. */
  readonly scope: 'key' | 'installation' | 'both'
}

/** Kept free for what the vendor counts and we do not see: a clock that differs, a call sent twice by the network. */
const usableShare = 0.95
/** Limits over more than this are budgets, not a pace: spread evenly, 5,000 a day would be one call in 18 s, and no sync would get through. */
const longestPaceMs = 60_000
/** How long one key's refusal stops the others where the vendor counts by key: else who spends his own day at the vendor shuts out everybody. */
const longestPauseForOthersMs = 60_000

/** A pause that follows from a vendor's refusal. */
interface Pause {
  readonly bucket: Bucket
  readonly ms: number
}

/** What the limits mean for one call: the buckets it needs a token of, and those that rest when the vendor says it was too fast. */
export interface CallLimits {
  readonly buckets: readonly Bucket[]
  pausesFor(retryAfterS: number): readonly Pause[]
}

export function limitsOf(
  provider: string,
  operation: Operation,
  limits: Readonly<Record<string, RateLimit>>,
  limitKey: string | null,
): CallLimits {
  // An operation without limits can be refused too; then it rests alone.
  if (operation.limits.length === 0) return forEveryone(gate(`${provider}:operation:${operation.name}`))
  const each = operation.limits.map((name) => limitOf(`${provider}:${name}`, limits[name], limitKey))
  return {
    buckets: each.flatMap((limit) => limit.buckets),
    pausesFor: (retryAfterS) => each.flatMap((limit) => limit.pausesFor(retryAfterS)),
  }
}

function limitOf(key: string, limit: RateLimit | undefined, limitKey: string | null): CallLimits {
  if (limit === undefined) throw new Error(`the limit ${key} is not known`)
  const forAll = limit.scope === 'key' ? gate(key) : bucketOf(key, limit)
  if (limit.scope === 'installation') return forEveryone(forAll)
  const forKey = bucketOf(`${key}:${limitKey ?? ''}`, limit)
  return {
    buckets: [forAll, forKey],
    pausesFor(retryAfterS) {
      const ms = retryAfterS * 1000
      const forOthersMs = limit.scope === 'key' ? Math.min(ms, longestPauseForOthersMs) : ms
      return [
        { bucket: forAll, ms: forOthersMs },
        { bucket: forKey, ms },
      ]
    },
  }
}

function forEveryone(bucket: Bucket): CallLimits {
  return { buckets: [bucket], pausesFor: (retryAfterS) => [{ bucket, ms: retryAfterS * 1000 }] }
}

/** In no span of `perMs` more than 95 % of `calls` get a token: what a full bucket holds and what comes back meanwhile. */
function bucketOf(key: string, { perMs, calls }: RateLimit): Bucket {
  const usable = calls * usableShare
  const capacity = perMs > longestPaceMs ? Math.max(1, Math.floor(usable / 2)) : 1
  return { key, capacity, intervalMs: Math.ceil(perMs / (usable - capacity + 1)) }
}

function gate(key: string): Bucket {
  return { key, capacity: 1, intervalMs: 0 }
}
