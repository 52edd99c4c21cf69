import type { CandleCache } from '../index.ts'

/** The cache port in its simplest form: keeps everything until it is removed. Counts what it had to load. */
export function createDirectCache(): CandleCache & { readonly loads: string[] } {
  const values = new Map<string, Promise<unknown>>()
  const loads: string[] = []
  return {
    loads,
    getOrSet<T>(key: string, _life: unknown, load: () => Promise<T>): Promise<T> {
      const known = values.get(key) as Promise<T> | undefined
      if (known) return known
      loads.push(key)
      const value = load()
      values.set(key, value)
      return value
    },
    async remove(keys) {
      for (const key of keys) values.delete(key)
    },
  }
}
