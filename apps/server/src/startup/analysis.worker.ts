import { parentPort, resourceLimits, workerData } from 'node:worker_threads'
import { openReads } from '../infra/database/open-reads.ts'
import { createPooledWorker } from '../infra/workers/pooled-worker.ts'
import { serveJobs } from '../infra/workers/serve-jobs.ts'
import { yieldToOthers } from '../infra/workers/yield-to-others.ts'
import type { AnalysisJobs, Colleague } from '../modules/analysis/index.ts'
import { runAnalysisJob } from '../modules/analysis/run-analysis-job.ts'
import { type AnalysisWorkerData, createOpenReader } from './analysis-reader.ts'
import { readCalendar } from './calendar-files.ts'

/** Reads and computes on a thread and a connection of its own, so that the server beside it goes on answering. */
const port = parentPort
if (port === null) throw new Error('analysis.worker.ts runs as a worker only.')
yieldToOthers()
const { database, calendarFiles } = workerData as AnalysisWorkerData
/** For a few instruments; they take a fraction of a second. */
const colleagueTimeoutMs = 60_000

const reads = openReads(database, (error) => {
  throw error
})
const tools = { openReader: createOpenReader(reads, readCalendar(...calendarFiles)), openColleague }
serveJobs(port, (kind, input, onProgress) =>
  runAnalysisJob(tools, kind as keyof AnalysisJobs, input as never, onProgress),
)

/** A second thread for the largest job. It ends with this one. */
function openColleague(): Colleague {
  const worker = createPooledWorker({ script: new URL(import.meta.url), workerData, resourceLimits })
  return {
    run: (kind, input) => worker.run(kind, input, { timeoutMs: colleagueTimeoutMs }) as never,
    end: () => worker.end(),
  }
}
