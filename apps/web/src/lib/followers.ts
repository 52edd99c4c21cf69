type Changes<T> = ReadonlyMap<string, T>

interface Follower<T> {
  readonly ids: ReadonlySet<string>
  readonly hear: (changed: Changes<T>) => void
}

/** Who follows which ids, and what is known of them. Changes are handed on together, at most once a frame, the latest of each. */
export function createFollowers<T>(onFrame: (callback: () => void) => void) {
  const followers = new Set<Follower<T>>()
  const known = new Map<string, T>()
  let pending = new Map<string, T>()

  function handOn(): void {
    const changed = pending
    pending = new Map()
    for (const { ids, hear } of followers) {
      const own = new Map([...changed].filter(([id]) => ids.has(id)))
      if (own.size > 0) hear(own)
    }
  }

  return {
    known: (): Changes<T> => known,
    wanted: (): readonly string[] => [...new Set([...followers].flatMap(({ ids }) => [...ids]))],
    hear(values: readonly (readonly [string, T])[]): void {
      if (values.length === 0) return
      if (pending.size === 0) onFrame(handOn)
      for (const [id, value] of values) {
        known.set(id, value)
        pending.set(id, value)
      }
    },
    /** Returns how one leaves. */
    add(ids: readonly string[], hear: (changed: Changes<T>) => void): () => void {
      const follower = { ids: new Set(ids), hear }
      followers.add(follower)
      return () => followers.delete(follower)
    },
  }
}
