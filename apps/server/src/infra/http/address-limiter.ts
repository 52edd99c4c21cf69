import type { Clock, EpochMs } from '@banyan/domain'
import { limitKey } from './client-address.ts'

interface AddressLimit {
  /** Requests allowed per window. */
  readonly limit: number
  readonly windowMs: number
  /** A wider class every request of this one counts in as well. */
  readonly also?: string
}

/** Address limits by class name. */
export type AddressLimits = Readonly<Record<string, AddressLimit>>

/** Null when the request may go on, else the seconds until it may, whole and ≥ 1. */
export type LimitVerdict = number | null

export interface AddressLimiter {
  /** Counts one request of an address in a class and the wider ones. Answers at once unless the counters are shared. */
  take(address: string, rateClass: string): LimitVerdict | Promise<LimitVerdict>
}

/** A count in one window: how many including this one, and how long the window still lasts. */
interface WindowCount {
  readonly count: number
  readonly remainingMs: number
}

/** Counters other instances see as well. Rejects when it cannot tell. */
export interface SharedCounters {
  increment(keys: readonly { key: string; windowMs: number }[]): Promise<readonly WindowCount[]>
}

/** How long only this process counts after the shared counters failed. */
const sharedPauseMs = 5_000

/**
 * Returns a limiter that counts in windows beginning with an address's first request. With `shared` all instances count
 * together; while that fails each counts alone, never without limit. A refused request is not counted on.
 */
export function createAddressLimiter(options: {
  readonly limits: AddressLimits
  readonly clock: Clock
  readonly shared: SharedCounters | null
}): AddressLimiter {
  const { limits, clock, shared } = options
  const local = createLocalCounters(clock)
  let pausedUntil: EpochMs = 0
  return {
    take(address, rateClass) {
      const rules = rulesOf(limits, rateClass)
      const keyed = rules.map((rule) => ({ ...rule, key: `${rule.name}:${limitKey(address)}` }))
      const known = longestRefusal(
        keyed.map((rule) => local.peek(rule.key)),
        keyed,
      )
      if (known !== null) return known
      if (shared === null || clock.now() < pausedUntil) return longestRefusal(local.increment(keyed), keyed)
      return shared.increment(keyed).then(
        (counts) => {
          local.adopt(keyed, counts)
          return longestRefusal(counts, keyed)
        },
        () => {
          pausedUntil = clock.now() + sharedPauseMs
          return longestRefusal(local.increment(keyed), keyed)
        },
      )
    },
  }
}

/** Returns a limiter that lets everything pass, for benchmarks on loopback. */
export function createOpenLimiter(): AddressLimiter {
  return { take: () => null }
}

function rulesOf(limits: AddressLimits, rateClass: string): (AddressLimit & { name: string })[] {
  const rules: (AddressLimit & { name: string })[] = []
  for (let name: string | undefined = rateClass; name !== undefined; ) {
    const rule: AddressLimit | undefined = limits[name]
    if (rule === undefined) break
    rules.push({ ...rule, name })
    name = rule.also
  }
  return rules
}

function longestRefusal(counts: readonly (WindowCount | null)[], rules: readonly AddressLimit[]): LimitVerdict {
  let longest: LimitVerdict = null
  rules.forEach((rule, i) => {
    const count = counts[i]
    if (!count || count.count <= rule.limit) return
    longest = Math.max(longest ?? 1, Math.ceil(count.remainingMs / 1000))
  })
  return longest
}

interface LocalWindow {
  count: number
  endsAt: EpochMs
}

function createLocalCounters(clock: Clock) {
  const windows = new Map<string, LocalWindow>()
  let sweepAt = 1_024
  const remaining = (window: LocalWindow): WindowCount => ({
    count: window.count,
    remainingMs: Math.max(1, window.endsAt - clock.now()),
  })
  const current = (key: string, windowMs: number): LocalWindow => {
    const now = clock.now()
    const known = windows.get(key)
    // A window that ends later than its whole length was written before the wall clock was set back.
    if (known && known.endsAt > now && known.endsAt <= now + windowMs) return known
    const fresh = { count: 0, endsAt: now + windowMs }
    windows.set(key, fresh)
    if (windows.size > sweepAt) sweepAt = sweep(windows, now)
    return fresh
  }
  return {
    /** Returns the window only when it is already over its limit for every further request: its count plus one. */
    peek(key: string): WindowCount | null {
      const window = windows.get(key)
      return window && window.endsAt > clock.now() ? remaining({ ...window, count: window.count + 1 }) : null
    },
    increment(rules: readonly { key: string; windowMs: number }[]): readonly WindowCount[] {
      return rules.map((rule) => {
        const window = current(rule.key, rule.windowMs)
        window.count += 1
        return remaining(window)
      })
    },
    adopt(rules: readonly { key: string; windowMs: number }[], counts: readonly WindowCount[]): void {
      rules.forEach((rule, i) => {
        const count = counts[i]
        if (count) windows.set(rule.key, { count: count.count, endsAt: clock.now() + count.remainingMs })
      })
    },
  }
}

function sweep(windows: Map<string, LocalWindow>, now: EpochMs): number {
  for (const [key, window] of windows) if (window.endsAt <= now) windows.delete(key)
  return Math.max(1_024, windows.size * 2)
}
