import type { EpochMs } from '@banyan/domain'
import type { EdgeRun } from './analysis-face.ts'
import type { AnalysisJobs } from './analysis-jobs.ts'

/** Where the edges rest, so that a restart has them at once. */
export interface EdgeStore {
  /** Returns the newest finished measurement, or null. */
  readRun(): Promise<EdgeRun | null>
  /** Returns its number alone, or null. */
  readRunNumber(): Promise<number | null>
  /** Notes that a measurement begins and returns its number, above all before it. */
  begin(asOf: EpochMs): Promise<number>
  /** Puts the measurement in the place of the one before. Throws `unavailable` when a later one has begun: this instance leads no more. */
  finish(run: EdgeRun): Promise<void>
}

interface JobOptions {
  /** `background` work leaves a thread free for requests. */
  readonly priority: 'request' | 'background'
  readonly signal?: AbortSignal
  /** Then the worker is ended; 20 s unless told. */
  readonly timeoutMs?: number
  /** Hears how much of the job is done, in its own units. */
  onProgress?(done: number): void
}

/** Runs jobs beside the event loop. A job whose worker dies, or that finds no place in the queue, rejects with `unavailable`. */
export interface AnalysisWorkers {
  run<Kind extends keyof AnalysisJobs>(
    kind: Kind,
    input: AnalysisJobs[Kind]['input'],
    options: JobOptions,
  ): Promise<AnalysisJobs[Kind]['output']>
}
