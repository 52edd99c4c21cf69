import { BanyanError, type Clock } from '@banyan/domain'
import { BentoCache, bentostore, errors } from 'bentocache'
import type { CacheProvider } from 'bentocache/types'
import type { CacheStatistics } from '../../modules/status/index.ts'
import { createFlights } from './flights.ts'
import { createLoadWatch, type LoadWatch } from './load-watch.ts'
import { createMemoryLayer, type MemoryLayer } from './memory-layer.ts'
import type { ConnectionLog } from './redis-client.ts'
import { connectSharedLevel, type SharedLevel } from './shared-level.ts'
import { valueCodec } from './value-codec.ts'

export interface CacheOptions {
  readonly clock: Clock
  /** Configures the second level and the channel between instances; null keeps everything in this process. */
  readonly redisUrl: string | null
  /** Begins every key and the channel's name; instances that share a cache share it. `banyan` unless told. */
  readonly prefix?: string
  /** Bounds of the memory level: 5,000 entries and 64 MiB unless told. */
  readonly maxEntries?: number
  readonly maxBytes?: number
  /** How long Redis is left alone after a failed command, in milliseconds; 2,000 unless told. */
  readonly pauseMs?: number
  readonly log?: ConnectionLog
  /** Gives a number in [0, 1) for the jitter of lives; `Math.random` unless told. */
  readonly random?: () => number
}

interface CacheLife {
  /** How long a value is fresh, in milliseconds, ±10 % so that entries made together do not end together. */
  readonly ttlMs: number
  /** How long after that it may still be given while one new read runs behind it; 0 unless told. Both together bound staleness. */
  readonly staleMs?: number
}

export interface Cache {
  /**
   * Returns the cached value, or the one `load` gives. One `load` per key runs at a time in this process, whoever asks; its
   * failure reaches all who wait and is not kept. What began to load before a removal of the key is given to those who had
   * asked by then, and not kept. Throws `unavailable` when `load` takes longer than 10 s.
   */
  getOrSet<T>(key: string, life: CacheLife, load: () => Promise<T>): Promise<T>
  /** Returns a fresh value and which level had it; null when none has. Not counted in the statistics of the first level. */
  get<T>(key: string): Promise<{ readonly value: T; readonly level: 'l1' | 'l2' } | null>
  set(key: string, value: unknown, life: CacheLife): Promise<void>
  /** Drops keys in both levels and in the memory of every instance; waits at most 0.5 s for Redis and delivers later what it could not. */
  remove(keys: readonly string[]): Promise<void>
  /** Drops everything under the prefix, everywhere. */
  clear(): Promise<void>
  /** Returns counters since start; asks Redis at most once a second and waits at most 250 ms for it. Never rejects. */
  statistics(): Promise<CacheStatistics>
  /** Resolves when the shared level is connected, at once where there is none, after 1 s in any case. Nothing has to wait for it. */
  ready(): Promise<void>
  close(): Promise<void>
}

const longestLoadMs = 10_000

/** Returns a two-level cache: memory, and Redis where configured. Connects in the background and never waits for it. */
export function createCache(options: CacheOptions): Cache {
  const prefix = `${options.prefix ?? 'banyan'}:c1` // c1 is the format of values: a release that changes it must not read old ones
  const { clock, maxEntries = 5_000, maxBytes = 64 * 1024 * 1024 } = options
  const memory = createMemoryLayer({ clock, maxEntries, maxBytes })
  const shared = options.redisUrl === null ? null : connectSharedLevel(options.redisUrl, prefix, options)
  const flights = createFlights((key) => memory.delete(key))
  const loads = createLoadWatch(options.log)
  const lives = createLives(options.random ?? Math.random)
  const forget = (keys: readonly string[]) => {
    flights.forget(keys)
    loads.outdate(keys)
  }

  const bento = createBento(prefix, memory, shared)
  bento.on('cache:hit', ({ key, layer }) => flights.answeredBy(key, layer))
  bento.on('bus:message:received', ({ message }) => {
    if (message.type === 'clear') forget([...flights.keys(), ...loads.keys()])
    if (message.type === 'delete') forget(message.keys)
  })
  const store = bento.use()

  return {
    getOrSet: (key, life, load) => flights.join(key, () => readThrough(store, loads, { key, load, ...lives(life) })),
    async get<T>(key: string) {
      const level = memory.get(key) === undefined ? 'l2' : 'l1'
      const value = await store.get<T | undefined>({ key, grace: false })
      return value === undefined ? null : { value, level }
    },
    async set(key, value, life) {
      await store.set({ key, value, ...lives(life) })
    },
    async remove(keys) {
      forget(keys)
      if (keys.length > 0) await store.deleteMany({ keys: [...keys] })
    },
    async clear() {
      forget([...flights.keys(), ...loads.keys()])
      await store.clear()
    },
    async statistics() {
      const { hits, misses, joined, joinedRemote } = flights.counters
      return {
        l1: { hits, misses, size: memory.size, stampedesCollapsed: joined },
        l2: await sharedStatistics(shared, joinedRemote),
      }
    },
    ready: async () => shared?.ready(),
    close: () => store.disconnect(),
  }
}

function createBento(prefix: string, memory: MemoryLayer, shared: SharedLevel | null) {
  const stack = bentostore().useL1Layer({ options: { serialize: false }, factory: () => memory })
  if (shared) {
    stack.useL2Layer({ options: {}, factory: () => shared.layer })
    stack.useBus({ options: { retryQueue: { enabled: true, maxSize: 1_000 } }, factory: () => shared.bus.driver })
  }
  return new BentoCache({
    default: prefix, // the store's name ends the channel's name
    stores: { [prefix]: stack },
    prefix,
    serializer: valueCodec,
    timeout: 0, // a stale value is given at once, the new one is read behind it
    lockTimeout: longestLoadMs,
    hardTimeout: longestLoadMs,
  })
}

type Lives = { readonly ttl: number; readonly grace: number | false }

/** bentocache's `grace` is the whole life of a value, its fresh time included. */
function createLives(random: () => number): (life: CacheLife) => Lives {
  return ({ ttlMs, staleMs = 0 }) => {
    const ttl = Math.max(1, Math.round(ttlMs * (0.9 + 0.2 * random())))
    return { ttl, grace: staleMs > 0 && ttl + staleMs }
  }
}

async function readThrough<T>(
  store: CacheProvider,
  loads: LoadWatch,
  read: Lives & { readonly key: string; readonly load: () => Promise<T> },
): Promise<T> {
  const { key, ttl, grace } = read
  const watched = loads.watch(key, read.load)
  try {
    return await store.getOrSet<T>({ key, ttl, grace, factory: watched.run, onFactoryError: watched.failed })
  } catch (error) {
    const outdated = watched.outdatedValue(error)
    if (outdated) return outdated.value
    if (error instanceof errors.E_FACTORY_ERROR) throw error.cause
    throw new BanyanError('unavailable', { retryAfterS: 1, cause: error })
  }
}

async function sharedStatistics(shared: SharedLevel | null, joined: number): Promise<CacheStatistics['l2']> {
  if (!shared) {
    return { configured: false, connected: false, hits: null, misses: null, size: null, stampedesCollapsed: null }
  }
  const size = await shared.size()
  const connected = size !== null && shared.bus.isListening() // one that hears no invalidation is not well connected
  return { configured: true, connected, ...shared.layer.counters, size, stampedesCollapsed: joined }
}
