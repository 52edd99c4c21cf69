import type { Clock } from '@banyan/domain'
import type { L1CacheDriver } from 'bentocache/types'
import { valueCodec } from './value-codec.ts'
import { estimateBytes } from './value-size.ts'

interface Entry {
  readonly value: string
  readonly bytes: number
  /** Epoch ms; Infinity when it does not expire. */
  readonly expiresAt: number
}

export interface MemoryLayerOptions {
  readonly clock: Clock
  readonly maxEntries: number
  /** Bound on the estimated bytes of all values; a single larger value is not kept. */
  readonly maxBytes: number
}

export interface MemoryLayer extends L1CacheDriver {
  readonly size: number
}

/**
 * Returns the first cache level: values by reference, least recently used out first, bounded in entries and bytes.
 *
 * bentocache's own memory driver does not serve: without serialisation it takes no bound in bytes, and what it refills from the
 * second level it keeps as text and then fails to read (github.com/Julien-R44/bentocache/issues/111, open in 1.6.1). Values are
 * typed `string` by bentocache although objects are handed over; text here means a refill, which is decoded.
 */
export function createMemoryLayer({ clock, maxEntries, maxBytes }: MemoryLayerOptions): MemoryLayer {
  const entries = new Map<string, Entry>()
  let bytes = 0

  const remove = (key: string): boolean => {
    bytes -= entries.get(key)?.bytes ?? 0
    return entries.delete(key)
  }
  const makeRoom = () => {
    for (const key of entries.keys()) {
      if (entries.size <= maxEntries && bytes <= maxBytes) return
      remove(key)
    }
  }
  const find = (key: string): Entry | undefined => {
    const entry = entries.get(key)
    if (!entry || entry.expiresAt > clock.now()) return entry
    remove(key)
    return undefined
  }

  const layer: MemoryLayer = {
    type: 'l1',
    namespace: () => layer,
    get size() {
      return entries.size
    },
    get(key) {
      const entry = find(key)
      if (!entry) return undefined
      entries.delete(key) // and in again at the end: a Map keeps insertion order, so the first key is the least recently used
      entries.set(key, entry)
      return entry.value
    },
    set(key, text, ttl) {
      const value = typeof text === 'string' ? decoded(text) : text
      remove(key)
      const size = estimateBytes(value)
      if (size > maxBytes) return false
      entries.set(key, {
        value,
        bytes: size,
        expiresAt: ttl === undefined ? Number.POSITIVE_INFINITY : clock.now() + ttl,
      })
      bytes += size
      makeRoom()
      return true
    },
    getRemainingTtl(key) {
      const entry = find(key)
      return entry && Number.isFinite(entry.expiresAt) ? entry.expiresAt - clock.now() : undefined
    },
    pull(key) {
      const value = find(key)?.value
      remove(key)
      return value
    },
    delete: remove,
    deleteMany(keys) {
      for (const key of keys) remove(key)
      return true
    },
    clear() {
      entries.clear()
      bytes = 0
    },
    disconnect: () => layer.clear(),
  }
  return layer
}

function decoded(text: string): string {
  return valueCodec.deserialize(text) as string
}
