import type { ZerodhaOperation } from './operations.ts'

const windowMs = 1_000

/** Calls per second and key (upstreams.md §2.4). Each class has a count of its own, and all calls count together. */
const limits = { quotes: 1, history: 3, all: 10 } as const
type LimitClass = keyof typeof limits

const classes: Partial<Record<ZerodhaOperation, LimitClass>> = {
  quote: 'quotes',
  ohlc: 'quotes',
  ltp: 'quotes',
  candles: 'history',
}

/** Counts the calls of each key. */
export interface CallLimits {
  /** Returns true and counts the call, or false when a limit is reached; a refused call counts for nothing. */
  take(apiKey: string, operation: ZerodhaOperation, elapsedMs: number): boolean
}

export function createCallLimits(): CallLimits {
  const calls = new Map<string, number[]>()
  return {
    take(apiKey, operation, elapsedMs) {
      const own = classes[operation]
      const counted = (['all', ...(own ? [own] : [])] as const).map((limit) => ({ limit, name: `${limit}/${apiKey}` }))
      const made = counted.map(({ limit, name }) => {
        const times = (calls.get(name) ?? []).filter((time) => time > elapsedMs - windowMs)
        calls.set(name, times)
        return { times, isFull: times.length >= limits[limit] }
      })
      if (made.some(({ isFull }) => isFull)) return false
      for (const { times } of made) times.push(elapsedMs)
      return true
    },
  }
}
