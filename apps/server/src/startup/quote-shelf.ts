import type { Cache } from '../infra/cache/cache.ts'

/** Returns the shelf on which instances leave their last known prices for each other; null without a shared cache, where a process has nobody to tell. */
export function createQuoteShelf(cache: Cache, redisUrl: string | null) {
  if (redisUrl === null) return null
  return {
    async get(key: string) {
      const found = await cache.get<string>(key)
      return found?.value ?? null
    },
    set: (key: string, text: string, ttlMs: number) => cache.set(key, text, { ttlMs }),
  }
}
