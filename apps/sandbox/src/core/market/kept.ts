/** Keeps the last things made, so that a market asked for years on end does not grow. */
export function createKept<T>(limit: number) {
  const kept = new Map<string, T>()
  return {
    get(key: string, make: () => T): T {
      const found = kept.get(key)
      if (found !== undefined) kept.delete(key)
      const value = found ?? make()
      kept.set(key, value)
      const oldest = kept.keys().next()
      if (kept.size > limit && !oldest.done) kept.delete(oldest.value)
      return value
    },
  }
}
