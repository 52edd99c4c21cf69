import { createEdgeStore } from '../infra/database/analysis/edge-store.ts'
import type { Database } from '../infra/database/database.ts'
import { createWorkerPool, type WorkerPool } from '../infra/workers/worker-pool.ts'
import {
  type AnalysisModule,
  type AnalysisParts,
  type AnalysisUpkeep,
  type AnalysisWorkers,
  createAnalysisModule,
} from '../modules/analysis/index.ts'
import type { AnalysisWorkerData } from './analysis-reader.ts'

export interface OpenAnalysisParts
  extends Pick<AnalysisParts, 'instruments' | 'calendar' | 'marketClock' | 'rules'>,
    Pick<AnalysisWorkerData, 'calendarFiles'> {
  readonly database: Database
  readonly databaseOptions: AnalysisWorkerData['database']
  readonly cores: number
  /** Hears of a worker that died. For the log. */
  onWorkerDeath(error: Error): void
}

export interface OpenAnalysis {
  readonly analysis: AnalysisModule & AnalysisUpkeep
  close(): Promise<void>
}

/** One is always free for requests, one searches what closed, the rest measure. Threads begin when there is work for them. */
const fewestThreads = 3
const mostThreads = 4
const waitingRequests = 32

/** What one search holds is small; the closes that threads share are not counted. */
const resourceLimits = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 512 }

/** Builds the module over worker threads that read the database beside this process. */
export function openAnalysis(parts: OpenAnalysisParts): OpenAnalysis {
  const threads = Math.max(fewestThreads, Math.min(mostThreads, parts.cores))
  const workerData: AnalysisWorkerData = { database: parts.databaseOptions, calendarFiles: parts.calendarFiles }
  const pool = createWorkerPool({
    script: new URL('./analysis.worker.ts', import.meta.url),
    workerData,
    resourceLimits,
    threads,
    backgroundThreads: threads - 1,
    waiting: waitingRequests,
    onDeath: parts.onWorkerDeath,
  })
  const { instruments, calendar, marketClock, rules } = parts
  const store = createEdgeStore(parts.database)
  const analysis = createAnalysisModule({ workers: toWorkers(pool), store, instruments, calendar, marketClock, rules })
  return { analysis, close: () => pool.close() }
}

/** The pool carries any job; which ones there are, and what they give, is the module's to say. */
export function toWorkers(pool: WorkerPool): AnalysisWorkers {
  return { run: (kind, input, options) => pool.run(kind, input, options) as never }
}
