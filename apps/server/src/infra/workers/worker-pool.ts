import { BanyanError } from '@banyan/domain'
import { createPooledWorker, type PooledWorker, type WorkerScript } from './pooled-worker.ts'

export interface WorkerPoolParts extends WorkerScript {
  /** Threads at most, ≥ 1; each begins with the first job that needs it. */
  readonly threads: number
  /** Of these, how many may do background work at once, ≥ 1. */
  readonly backgroundThreads: number
  /** Requests that wait for a thread at most; the next one is refused at once. */
  readonly waiting: number
  /** Hears of a worker that died. For the log. */
  onDeath(error: Error): void
}

export interface PoolJobOptions {
  readonly priority: 'request' | 'background'
  /** Ends the job, and the worker with it when the job had begun; the job rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Longest time on a thread; then the worker is ended and the job rejects with `unavailable`. 20 s unless told. */
  readonly timeoutMs?: number
  onProgress?(done: number): void
}

export interface WorkerPool {
  /** Runs a job on a thread. Rejects with what the job threw, or with `unavailable` when its worker died, its time was up, or the queue is full. */
  run(kind: string, input: unknown, options: PoolJobOptions): Promise<unknown>
  /** Threads now alive. */
  alive(): number
  /** Ends all threads; jobs under way and waiting reject with `unavailable`. */
  close(): Promise<void>
}

interface Waiting {
  readonly kind: string
  readonly input: unknown
  readonly options: PoolJobOptions
  readonly resolve: (output: unknown) => void
  readonly reject: (error: unknown) => void
}

const retryAfterS = 2

/** Returns a pool of worker threads of one script. Requests go before background work; a worker that died is replaced when the next job needs one. */
export function createWorkerPool(parts: WorkerPoolParts): WorkerPool {
  const workers = new Set<PooledWorker>()
  const busy = new Map<PooledWorker, Waiting>()
  const line: Waiting[] = []
  let isClosed = false

  const inBackground = () => [...busy.values()].filter(({ options }) => options.priority === 'background').length
  const takeNext = (): Waiting | undefined => {
    const request = line.findIndex(({ options }) => options.priority === 'request')
    if (request >= 0) return line.splice(request, 1)[0]
    return inBackground() < parts.backgroundThreads ? line.shift() : undefined
  }
  const freeWorker = (): PooledWorker | null => {
    const idle = [...workers].find((worker) => !busy.has(worker))
    if (idle) return idle
    if (workers.size >= parts.threads) return null
    const fresh = createPooledWorker(parts)
    workers.add(fresh)
    return fresh
  }
  const startWaiting = () => {
    while (line.length > 0 && !isClosed && busy.size < parts.threads) {
      const next = takeNext()
      const worker = next && freeWorker()
      if (!next || !worker) return
      busy.set(worker, next)
      void start(worker, next)
    }
  }
  const start = async (worker: PooledWorker, { kind, input, options, resolve, reject }: Waiting) => {
    try {
      resolve(await worker.run(kind, input, options))
    } catch (error) {
      reject(error)
    } finally {
      busy.delete(worker)
      const death = worker.death()
      if (death !== null) workers.delete(worker)
      if (death instanceof Error) parts.onDeath(death)
      startWaiting()
    }
  }

  return {
    run(kind, input, options) {
      if (isClosed) return Promise.reject(unavailable())
      const requests = line.filter((each) => each.options.priority === 'request').length
      if (options.priority === 'request' && requests >= parts.waiting) return Promise.reject(unavailable())
      return new Promise((resolve, reject) => {
        const job = withdrawable({ kind, input, options, resolve, reject }, line)
        line.push(job)
        startWaiting()
      })
    },
    alive: () => workers.size,
    async close() {
      isClosed = true
      for (const { reject } of line.splice(0)) reject(unavailable())
      await Promise.all([...workers].map((worker) => worker.end()))
      workers.clear()
    },
  }
}

/** Returns the job, which leaves the line when its signal aborts; once begun, its worker hears the signal. */
function withdrawable(job: Waiting, line: Waiting[]): Waiting {
  const { signal } = job.options
  if (!signal) return job
  const withdraw = () => {
    const at = line.indexOf(listed)
    if (at < 0) return
    line.splice(at, 1)
    job.reject(signal.reason)
  }
  const settle =
    <T>(then: (value: T) => void) =>
    (value: T) => {
      signal.removeEventListener('abort', withdraw)
      then(value)
    }
  const listed: Waiting = { ...job, resolve: settle(job.resolve), reject: settle(job.reject) }
  signal.addEventListener('abort', withdraw, { once: true })
  return listed
}

function unavailable(): BanyanError {
  return new BanyanError('unavailable', { retryAfterS })
}
