import { Worker } from 'node:worker_threads'
import type { DatabaseOptions } from '../infra/database/database.ts'
import type { ImportEvent, ImportOptions, ImportSummary } from '../modules/imports/index.ts'
import type { InstrumentAlias, InstrumentStore, StoredInstrument } from '../modules/instruments/index.ts'

/** What the import's worker needs; all of it can be cloned to another thread. */
export interface ImportJob {
  readonly database: DatabaseOptions
  readonly paths: readonly string[]
  readonly options: ImportOptions
  readonly instruments: readonly StoredInstrument[]
  readonly aliases: readonly InstrumentAlias[]
}

export interface ImportRun {
  readonly database: DatabaseOptions
  readonly instruments: Pick<InstrumentStore, 'listInstruments' | 'listAliases'>
  /** Absolute. */
  readonly paths: readonly string[]
  readonly options: ImportOptions
  /** Ends the import after rolling the present file back; the run then resolves with `aborted`. */
  readonly signal: AbortSignal
  onEvent(event: ImportEvent): void
}

type WorkerMessage =
  | { readonly type: 'event'; readonly event: ImportEvent }
  | { readonly type: 'done'; readonly summary: ImportSummary }

/** Bounds the worker's garbage, which else grows as far as the machine allows: a file's rows live for milliseconds. */
const resourceLimits = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 512 }

/** Imports in a worker thread beside the database that `openDatabase` holds open. Rejects when the store fails as a whole. */
export async function runImport(run: ImportRun): Promise<ImportSummary> {
  const job: ImportJob = {
    database: run.database,
    paths: run.paths,
    options: run.options,
    instruments: await run.instruments.listInstruments(),
    aliases: await run.instruments.listAliases(),
  }
  const worker = new Worker(new URL('./import.worker.ts', import.meta.url), { workerData: job, resourceLimits })
  const stop = () => worker.postMessage('abort')
  run.signal.addEventListener('abort', stop, { once: true })
  if (run.signal.aborted) stop()
  try {
    return await outcomeOf(worker, run.onEvent)
  } finally {
    run.signal.removeEventListener('abort', stop)
  }
}

async function outcomeOf(worker: Worker, onEvent: (event: ImportEvent) => void): Promise<ImportSummary> {
  return await new Promise((resolve, reject) => {
    let summary: ImportSummary | null = null
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'event') onEvent(message.event)
      else summary = message.summary
    })
    worker.once('error', reject)
    // The worker has closed its connection when it exits: only then may the database be closed or copied.
    worker.once('exit', (code) => {
      if (summary === null) reject(new Error(`The import's worker ended with ${code}.`))
      else resolve(summary)
    })
  })
}
