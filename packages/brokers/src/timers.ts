/** Runs things later. Handed to whatever needs a rhythm, so that tests turn the hands themselves. */
export interface Timers {
  /** Calls `run` every `intervalMs`, first after one interval; returns the function that ends it. Keeps no process alive. */
  every(intervalMs: number, run: () => void): () => void
}

/** The process's own timers. */
export const processTimers: Timers = {
  every(intervalMs, run) {
    const timer = setInterval(run, intervalMs)
    timer.unref()
    return () => clearInterval(timer)
  },
}
