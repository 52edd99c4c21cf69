import type { ConnectionLog } from './redis-client.ts'

/** Carries a value that must reach those who asked but must not be kept. */
class OutdatedLoad<T> extends Error {
  readonly value: T
  constructor(value: T) {
    super('The key was removed while it was being read.')
    this.value = value
  }
}

interface WatchedLoad<T> {
  /** Runs the load; rejects with an outdated value when the key was removed meanwhile. */
  readonly run: () => Promise<T>
  /** Called by bentocache with each failure, the only trace of one that happened behind a stale value. */
  readonly failed: (error: { readonly cause?: unknown; readonly isBackgroundFactory: boolean }) => void
  /** Returns the value behind an error of `run` that only says it is outdated, else null. */
  readonly outdatedValue: (error: unknown) => { readonly value: T } | null
}

export interface LoadWatch {
  watch<T>(key: string, load: () => Promise<T>): WatchedLoad<T>
  /** Marks the running loads of these keys: their values are not kept. */
  outdate(keys: readonly string[]): void
  /** Keys with a running load. */
  keys(): Iterable<string>
}

/** Returns a register of running loads. bentocache would keep a value whose read began before its key was removed. */
export function createLoadWatch(log: ConnectionLog | undefined): LoadWatch {
  const running = new Map<string, { outdated: boolean }>()
  const failing = new Set<string>()

  return {
    watch: <T>(key: string, load: () => Promise<T>): WatchedLoad<T> => ({
      async run() {
        const state = { outdated: false }
        running.set(key, state)
        try {
          const value = await load()
          failing.delete(key)
          if (state.outdated) throw new OutdatedLoad(value)
          return value
        } finally {
          if (running.get(key) === state) running.delete(key)
        }
      },
      failed({ cause, isBackgroundFactory }) {
        if (!isBackgroundFactory || cause instanceof OutdatedLoad || failing.has(key)) return
        failing.add(key)
        log?.warn({ key, err: cause }, 'Refreshing a cached value failed; the old one is given until its time is over.')
      },
      outdatedValue(error) {
        const cause = error instanceof Error ? error.cause : null
        return cause instanceof OutdatedLoad ? { value: cause.value as T } : null
      },
    }),
    outdate(keys) {
      for (const key of keys) {
        const state = running.get(key)
        if (state) state.outdated = true
        failing.delete(key)
      }
    },
    keys: () => running.keys(),
  }
}
