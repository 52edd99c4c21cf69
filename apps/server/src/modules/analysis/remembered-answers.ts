/** Keeps the last answers under their key, also while they are being worked out; a failure is not kept. */
export interface RememberedAnswers<T> {
  get(key: string, work: () => Promise<T>): Promise<T>
}

export function createRememberedAnswers<T>(size: number): RememberedAnswers<T> {
  const known = new Map<string, Promise<T>>()
  return {
    get(key, work) {
      const before = known.get(key)
      if (before) return before
      const answer = work()
      known.set(key, answer)
      answer.catch(() => {
        if (known.get(key) === answer) known.delete(key)
      })
      const oldest = known.size > size ? known.keys().next().value : undefined
      if (oldest !== undefined) known.delete(oldest)
      return answer
    },
  }
}
