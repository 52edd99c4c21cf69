import { type ResourceLimits, Worker } from 'node:worker_threads'
import { BanyanError } from '@banyan/domain'
import { fromFailure, type JobReply } from './job-messages.ts'

export interface WorkerScript {
  /** A file that ends in `serveJobs`. */
  readonly script: URL
  /** Handed to every worker; must be cloneable. */
  readonly workerData: unknown
  /** Bounds of each worker's own heap; what they share is not counted. */
  readonly resourceLimits?: ResourceLimits
}

export interface PooledWorker {
  /** Runs one job; the next may begin when it has ended. */
  run(kind: string, input: unknown, options: WorkerJobOptions): Promise<unknown>
  /** Returns why the worker is gone: an error, or `ended` when we ended it; null while it lives. */
  death(): Error | 'ended' | null
  end(): Promise<void>
}

interface WorkerJobOptions {
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  onProgress?(done: number): void
}

interface Running {
  readonly id: number
  readonly options: WorkerJobOptions
  readonly resolve: (output: unknown) => void
  readonly reject: (error: unknown) => void
}

const defaultTimeoutMs = 20_000

/** Starts a worker. It keeps no process alive by itself. */
export function createPooledWorker({ script, workerData, resourceLimits = {} }: WorkerScript): PooledWorker {
  const worker = new Worker(script, { workerData, resourceLimits })
  worker.unref()
  let running: Running | null = null
  let death: Error | 'ended' | null = null
  let jobs = 0

  const settle = (): Running | null => {
    const job = running
    running = null
    return job
  }
  const die = (cause: Error | 'ended') => {
    death ??= cause
    settle()?.reject(new BanyanError('unavailable', { retryAfterS: 1, cause }))
  }
  const endWith = (reason: unknown) => {
    death ??= 'ended'
    settle()?.reject(reason)
    void worker.terminate()
  }
  worker.on('message', (message: JobReply) => {
    if (message.id !== running?.id) return
    if (message.type === 'progress') running.options.onProgress?.(message.done)
    if (message.type === 'done') settle()?.resolve(message.output)
    if (message.type === 'failed') settle()?.reject(fromFailure(message.failure))
  })
  worker.on('messageerror', (error) => die(error))
  worker.on('error', (error) => die(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', (code) => die(new Error(`The worker ended with ${code}.`)))

  return {
    run: (kind, input, options) =>
      watched(options, endWith, (resolve, reject) => {
        running = { id: ++jobs, options, resolve, reject }
        if (death !== null) die(death)
        else worker.postMessage({ id: jobs, kind, input })
      }),
    death: () => death,
    async end() {
      die('ended')
      await worker.terminate()
    },
  }
}

/** A thread that computes hears nothing: to stop it means to end it. */
async function watched(
  { signal, timeoutMs = defaultTimeoutMs }: WorkerJobOptions,
  endWith: (reason: unknown) => void,
  start: (resolve: (output: unknown) => void, reject: (error: unknown) => void) => void,
): Promise<unknown> {
  signal?.throwIfAborted()
  const late = () =>
    endWith(new BanyanError('unavailable', { message: `Not done within ${timeoutMs / 1_000} s.`, retryAfterS: 1 }))
  const timer = setTimeout(late, timeoutMs)
  const abort = () => endWith(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    return await new Promise(start)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}
