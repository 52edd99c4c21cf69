import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { runImport } from '../commands/run-import.ts'
import type { Database, DatabaseOptions } from '../infra/database/database.ts'
import { listImportedSums } from '../infra/database/imported-files.ts'
import type { LeaderLock } from '../infra/tasks/leader-lock.ts'
import { defaultImportOptions, type ImportEvent } from '../modules/imports/index.ts'
import type { InstrumentStore } from '../modules/instruments/index.ts'

/** The market in the box. Instruments first; factors before the rows they explain. All of `bundle` is on the price basis of the recorded day. */
const bundledFiles = [
  { file: 'identity/instruments.csv', source: null },
  { file: 'gpl-3.0/adjustments.csv', source: 'bundle' },
  { file: 'gpl-3.0/daily.csv.gz', source: 'bundle' },
  { file: 'gpl-3.0/indices.csv.gz', source: 'bundle' },
  { file: 'mit/indices.csv.gz', source: 'bundle' },
  { file: 'gpl-3.0/minutes.csv.gz', source: 'ticks' },
] as const

export interface BundleParts {
  /** The project's `data` folder; what an operator deleted from it is simply not there. */
  readonly folder: string
  readonly database: Database
  readonly databaseOptions: DatabaseOptions
  readonly instruments: Pick<InstrumentStore, 'listInstruments' | 'listAliases'>
  /** Instances that share a database import one after the other: the second finds everything stored. */
  readonly lock: LeaderLock
  /** Hears of each file once it is stored, with its rows. */
  onImported(file: string, rows: number): void
}

/** Stores the bundled files that are not stored yet. Throws when one of them cannot be read: the clone is damaged. */
export async function importBundledData(bundle: BundleParts): Promise<void> {
  if ((await listNew(bundle)).length === 0) return
  while (!(await bundle.lock.acquire())) await setTimeout(askAgainMs)
  try {
    await importNew(bundle)
  } finally {
    await bundle.lock.release()
  }
}

const askAgainMs = 250

async function importNew(bundle: BundleParts): Promise<void> {
  for (const { path, source } of await listNew(bundle)) {
    await runImport({
      database: bundle.databaseOptions,
      instruments: bundle.instruments,
      paths: [path],
      options: { ...defaultImportOptions, source },
      signal: new AbortController().signal,
      onEvent: (event) => report(event, bundle),
    })
  }
}

/** Files are known by their bytes, so the usual start reads 11 MB here and imports nothing. */
async function listNew({ folder, database }: BundleParts) {
  const present = bundledFiles
    .map(({ file, source }) => ({ path: join(folder, file), source }))
    .filter(({ path }) => existsSync(path))
    .map((one) => ({ ...one, sum: createHash('sha256').update(readFileSync(one.path)).digest('hex') }))
  const known = await listImportedSums(
    database,
    present.map((one) => one.sum),
  )
  return present.filter((one) => !known.has(one.sum))
}

function report(event: ImportEvent, { onImported }: BundleParts): void {
  if (event.type !== 'file') return
  const { file, outcome, rowsStored, sentence } = event.result
  if (outcome === 'failed') throw new Error(`The bundled file ${file} cannot be imported: ${sentence}`)
  if (outcome === 'imported') onImported(basename(file), rowsStored)
}
