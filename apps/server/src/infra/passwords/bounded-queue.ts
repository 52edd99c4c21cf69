import { BanyanError } from '@banyan/domain'

/** Calls `run` once, `ms` from now; returns what prevents it. */
type After = (ms: number, run: () => void) => () => void

export interface BoundedQueueParts {
  /** How many works run at once, ≥ 1. */
  readonly slots: number
  /** How many wait for a slot at most; the next one is refused at once. */
  readonly waiting: number
  /** Longest wait for a slot, in milliseconds; who waited that long is refused and never started. */
  readonly waitMs: number
  /** Default: the process's own timer. */
  readonly after?: After
}

export interface QueueStatistics {
  readonly running: number
  readonly waiting: number
  readonly peakRunning: number
  readonly peakWaiting: number
}

/** Lets a fixed number of works run at a time, first come first served. */
export interface BoundedQueue {
  /** Runs the work when a slot is free. Rejects with `unavailable` and a retry time when there is no room, or none in time. */
  run<T>(work: () => Promise<T>): Promise<T>
  statistics(): QueueStatistics
}

interface Waiter {
  readonly start: () => void
}

export function createBoundedQueue({ slots, waiting, waitMs, after = afterOnTimer }: BoundedQueueParts): BoundedQueue {
  const line = new Set<Waiter>()
  const peak = { running: 0, waiting: 0 }
  let running = 0

  const takeSlot = (): Promise<void> | undefined => {
    if (running < slots) {
      running++
      peak.running = Math.max(peak.running, running)
      return undefined
    }
    if (line.size >= waiting) throw noRoom(waitMs)
    return new Promise((resolve, reject) => {
      const giveUp = after(waitMs, () => {
        line.delete(waiter)
        reject(noRoom(waitMs))
      })
      const waiter: Waiter = {
        start() {
          giveUp()
          resolve()
        },
      }
      line.add(waiter)
      peak.waiting = Math.max(peak.waiting, line.size)
    })
  }

  const passSlotOn = () => {
    const [next] = line
    if (next === undefined) {
      running--
      return
    }
    line.delete(next)
    next.start()
  }

  return {
    async run(work) {
      await takeSlot()
      try {
        return await work()
      } finally {
        passSlotOn()
      }
    },
    statistics: () => ({ running, waiting: line.size, peakRunning: peak.running, peakWaiting: peak.waiting }),
  }
}

function afterOnTimer(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

function noRoom(waitMs: number): BanyanError {
  return new BanyanError('unavailable', { retryAfterS: Math.max(1, Math.ceil(waitMs / 1000)) })
}
