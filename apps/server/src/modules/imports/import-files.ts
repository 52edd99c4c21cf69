import type { Clock } from '@banyan/domain'
import type { InstrumentStore } from '../instruments/index.ts'
import { createFileTally, type FileTally } from './file-tally.ts'
import { ImportFileError } from './import-file-error.ts'
import type { ImportFormat } from './import-format.ts'
import type { ImportOptions } from './import-options.ts'
import type { ImportStore } from './import-store.ts'
import { importTable, type TableContext } from './import-table.ts'
import { loadInstrumentLookup } from './instrument-lookup.ts'
import { type ListedFile, listFiles } from './list-files.ts'
import { newestJumps } from './newest-jumps.ts'
import { eachTable, type PackedTable, toFileError } from './packed-file.ts'
import type { RejectedRow, RejectReason } from './rejection.ts'

export interface ImportRequest {
  /** Files, folders and archives, as absolute paths. */
  readonly paths: readonly string[]
  readonly options: ImportOptions
  readonly store: ImportStore
  /** Tells which instruments are known; read once at the start. */
  readonly instruments: Pick<InstrumentStore, 'listInstruments' | 'listAliases'>
  readonly clock: Clock
  /** Ends the import: the file being read is rolled back, finished ones stay. */
  readonly signal: AbortSignal
  readonly onEvent: (event: ImportEvent) => void
}

/** What an import says while it runs. All of it can be sent as JSON. */
export type ImportEvent =
  | { readonly type: 'found'; readonly files: number; readonly bytes: number }
  | { readonly type: 'progress'; readonly file: string; readonly bytes: number; readonly rows: number }
  | { readonly type: 'rejected'; readonly rows: readonly RejectedRow[] }
  | { readonly type: 'file'; readonly result: FileResult }

export interface FileResult extends Readonly<Omit<FileTally, 'rejects'>> {
  readonly file: string
  readonly outcome: 'imported' | 'unchanged' | 'skipped' | 'failed'
  readonly format: ImportFormat | null
  /** Why it failed or was skipped; null otherwise. */
  readonly sentence: string | null
  readonly rejects: Readonly<Partial<Record<RejectReason, number>>>
  readonly seconds: number
}

export interface ImportSummary extends Readonly<Omit<FileTally, 'rejects'>> {
  readonly files: Readonly<Record<FileResult['outcome'], number>>
  readonly rejects: Readonly<Partial<Record<RejectReason, number>>>
  /** True when the import was ended before its last file. */
  readonly aborted: boolean
  readonly seconds: number
}

/**
 * Imports every file behind the paths, one transaction each, in order. A file that was imported before under the same source with the
 * same bytes is left alone, so an import that was killed is simply run again. A file that fails is rolled back and reported, and the
 * others go on. Never rejects because of a file; rejects when the store cannot be read at the start.
 */
export async function importFiles(request: ImportRequest): Promise<ImportSummary> {
  const started = request.clock.now()
  const lookup = await loadInstrumentLookup(request.instruments)
  const files = await listFiles(request.paths)
  const run = createRun(request)
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  request.onEvent({ type: 'found', files: files.length, bytes })
  for (const file of files) {
    if (request.signal.aborted) break
    await importListed(file, run, { ...request, lookup, onProgress: run.onProgress, onRejected: run.onRejected })
    run.bytesDone += file.bytes
  }
  const seconds = (request.clock.now() - started) / 1000
  return { ...run.total, files: run.files, aborted: request.signal.aborted, seconds }
}

type Run = ReturnType<typeof createRun>

function createRun({ onEvent, clock }: ImportRequest) {
  const total = createFileTally()
  const files = { imported: 0, unchanged: 0, skipped: 0, failed: 0 }
  const run = {
    total,
    files,
    /** Packed bytes of the files before the present one, and of the tables of its archive before the present one. */
    bytesDone: 0,
    bytesBefore: 0,
    current: '',
    onProgress(bytes: number, rows: number) {
      onEvent({
        type: 'progress',
        file: run.current,
        bytes: run.bytesDone + run.bytesBefore + bytes,
        rows: total.rowsRead + rows,
      })
    },
    onRejected(rows: readonly RejectedRow[]) {
      onEvent({ type: 'rejected', rows })
    },
    report(result: FileResult) {
      files[result.outcome]++
      if (result.outcome === 'imported') addTally(total, result)
      onEvent({ type: 'file', result })
    },
    result(file: string, from: number, rest: Pick<FileResult, 'outcome' | 'format' | 'sentence'>, tally: FileTally) {
      return { file, ...rest, ...tally, seconds: (clock.now() - from) / 1000 }
    },
  }
  return run
}

function addTally(total: FileTally, result: FileResult): void {
  total.rowsRead += result.rowsRead
  total.rowsStored += result.rowsStored
  total.inserted += result.inserted
  total.replaced += result.replaced
  total.newInstruments += result.newInstruments
  total.suspectJumps += result.suspectJumps
  total.newestJumps = newestJumps([...total.newestJumps, ...result.newestJumps])
  for (const [reason, count] of Object.entries(result.rejects)) {
    const key = reason as RejectReason
    total.rejects[key] = (total.rejects[key] ?? 0) + count
  }
}

async function importListed(file: ListedFile, run: Run, context: TableContext): Promise<void> {
  const from = context.clock.now()
  if (file.refused !== null) {
    run.report(run.result(file.path, from, { ...file.refused, format: null }, createFileTally()))
    return
  }
  run.bytesBefore = 0
  try {
    await eachTable(file.path, file.bytes, context.signal, async (table) => {
      context.signal.throwIfAborted()
      await importOne(table, run, context)
      run.bytesBefore += table.bytes
    })
  } catch (error) {
    if (context.signal.aborted) return
    run.report(run.result(file.path, from, failure(error), createFileTally()))
  }
}

async function importOne(table: PackedTable, run: Run, context: TableContext): Promise<void> {
  const from = context.clock.now()
  run.current = table.label
  try {
    const { tally, ...outcome } = await importTable(table, context)
    run.report(run.result(table.label, from, outcome, tally))
  } catch (error) {
    if (context.signal.aborted) throw error
    run.report(run.result(table.label, from, failure(error), createFileTally()))
  }
}

/** Nothing of a failed file is stored, so its row counts are 0. What is not the file's fault is named as such. */
function failure(error: unknown) {
  const translated = toFileError(error)
  const sentence =
    translated instanceof ImportFileError
      ? translated.message
      : `The file could not be stored: ${translated instanceof Error ? translated.message : String(translated)}.`
  return { outcome: 'failed', format: null, sentence } as const
}
