/** Returns `compute` with its last `size` answers kept. For pure functions of texts that clients send again and again. */
export function remembered<T>(size: number, compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const answer = compute(text)
    known.set(text, answer)
    if (known.size > size) dropOldest(known)
    return answer
  }
}

/** A Map lists its keys in the order they came. */
export function dropOldest<T>(known: Map<string, T>): void {
  const oldest = known.keys().next()
  if (!oldest.done) known.delete(oldest.value)
}
