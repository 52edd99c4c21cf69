import { parentPort, workerData } from 'node:worker_threads'
import { createSystemClock } from '../infra/clock.ts'
import { openImportStore } from '../infra/database/open-import-store.ts'
import { importFiles } from '../modules/imports/index.ts'
import type { ImportJob } from './run-import.ts'

/** Reads, checks and writes on a thread and a connection of its own, so that the server beside it goes on answering. */
const port = parentPort
if (port === null) throw new Error('import.worker.ts runs as a worker only.')
const job = workerData as ImportJob
const abort = new AbortController()
port.on('message', () => abort.abort(new Error('The import was interrupted.')))

const clock = createSystemClock()
const store = await openImportStore(job.database, {
  clock,
  onBackgroundError: (error) => abort.abort(error),
})
try {
  const summary = await importFiles({
    paths: job.paths,
    options: job.options,
    store,
    instruments: { listInstruments: async () => job.instruments, listAliases: async () => job.aliases },
    clock,
    signal: abort.signal,
    onEvent: (event) => port.postMessage({ type: 'event', event }),
  })
  port.postMessage({ type: 'done', summary })
} finally {
  await store.close()
  port.close()
}
