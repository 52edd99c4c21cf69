/** Where the page reads the time of day and its ticks; everything else is handed an instant. */
export interface PageClock {
  /** Epoch milliseconds. */
  now(): number
  /** Calls back about every `ms` until the returned function is called. */
  every(ms: number, callback: () => void): () => void
}

export const pageClock: PageClock = {
  now: () => Date.now(),
  every(ms, callback) {
    const timer = setInterval(callback, ms)
    return () => clearInterval(timer)
  },
}
