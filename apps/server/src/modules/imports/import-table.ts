import type { Clock } from '@banyan/domain'
import { createSink, sourceIdOf } from './create-sink.ts'
import { type CsvChunk, readCsv } from './csv-rows.ts'
import { detectFormat, type FileShape } from './detect-format.ts'
import { createFileTally, createRejectLog, type FileTally, type RejectLog } from './file-tally.ts'
import { ImportFileError } from './import-file-error.ts'
import type { ImportFormat } from './import-format.ts'
import type { ImportOptions } from './import-options.ts'
import type { ImportStore } from './import-store.ts'
import type { InstrumentLookup } from './instrument-lookup.ts'
import type { PackedTable } from './packed-file.ts'
import type { RejectedRow } from './rejection.ts'
import { rejection } from './rejection.ts'
import type { RowSink } from './row-sink.ts'

export interface TableContext {
  readonly options: ImportOptions
  readonly store: ImportStore
  readonly lookup: InstrumentLookup
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Called while rows are read, with the packed bytes and rows of this table so far. */
  readonly onProgress: (packedBytes: number, rows: number) => void
  readonly onRejected: (rows: readonly RejectedRow[]) => void
}

/** How one table ended; a table that failed threw instead. */
export interface TableOutcome {
  readonly outcome: 'imported' | 'unchanged' | 'skipped'
  readonly format: ImportFormat | null
  /** Why it was skipped; null otherwise. */
  readonly sentence: string | null
  readonly tally: FileTally
}

type ReadableShape = Exclude<FileShape, { format: null }>

/**
 * Imports one table: fetch, parse, resolve instruments, compare, apply. Only apply writes, through one transaction that is committed
 * with the record of the file, so a table is stored whole or not at all. Throws {@link ImportFileError} for a file that is refused
 * and the signal's reason when it is aborted; then nothing is stored.
 */
export async function importTable(table: PackedTable, context: TableContext): Promise<TableOutcome> {
  const tally = createFileTally()
  const stream = await table.open((bytes) => context.onProgress(bytes, tally.rowsRead))
  const chunks = readCsv(stream, isLatin1)
  try {
    const first = await chunks.next()
    if (first.done) throw new ImportFileError('malformed', 'The file is empty.')
    const shape = detectShape(table, first.value, context)
    if (shape.format === null) return { outcome: 'skipped', format: null, sentence: shape.skip, tally }
    const sourceId = sourceIdOf(shape)
    const known = context.options.again ? null : await context.store.findImportedFile(table.sha256, sourceId)
    if (known !== null) return { outcome: 'unchanged', format: shape.format, sentence: null, tally }
    await applyTable(table, shape, withoutHeader(first.value), chunks, tally, context)
    return { outcome: 'imported', format: shape.format, sentence: null, tally }
  } finally {
    stream.destroy()
  }
}

/** ICICI's masters are latin-1 and begin with this quoted name; everything else is UTF-8. */
function isLatin1(head: string): boolean {
  return head.startsWith('"Token"')
}

function detectShape(table: PackedTable, first: CsvChunk, context: TableContext): FileShape {
  const [header = [], ...sample] = first.rows.slice(0, 2000)
  return detectFormat({ name: table.name, header, sample, now: context.clock.now() }, context.options)
}

function withoutHeader(chunk: CsvChunk): CsvChunk {
  const broken = chunk.broken && new Set([...chunk.broken].map((index) => index - 1))
  return { rows: chunk.rows.slice(1), lines: chunk.lines.slice(1), broken }
}

async function applyTable(
  table: PackedTable,
  shape: ReadableShape,
  first: CsvChunk,
  rest: AsyncIterable<CsvChunk>,
  tally: FileTally,
  context: TableContext,
): Promise<void> {
  const transaction = await context.store.begin()
  try {
    const sinkContext = { name: table.name, now: context.clock.now(), lookup: context.lookup, transaction, tally }
    const sink = createSink(shape, sinkContext)
    const rejects = createRejectLog(table.label, tally, context.onRejected)
    await takeRows(first, sink, tally, rejects)
    for await (const chunk of rest) {
      context.signal.throwIfAborted()
      await takeRows(chunk, sink, tally, rejects)
    }
    await sink.finish()
    rejects.flush()
    checkTally(tally)
    context.signal.throwIfAborted()
    await transaction.commit({
      sha256: table.sha256,
      name: table.name,
      format: shape.format,
      sourceId: sourceIdOf(shape),
      rowsRead: tally.rowsRead,
      rowsStored: tally.rowsStored,
      rejects: tally.rejects,
      tradingDate: sink.tradingDate(),
    })
    context.lookup.learn(sink.facts())
  } catch (error) {
    await transaction.rollback()
    throw error
  }
}

async function takeRows(chunk: CsvChunk, sink: RowSink, tally: FileTally, rejects: RejectLog): Promise<void> {
  for (let i = 0; i < chunk.rows.length; i++) {
    tally.rowsRead++
    const refused = chunk.broken?.has(i)
      ? rejection('unparsable', 'the quotes of the row do not match')
      : sink.take(chunk.rows[i] ?? [])
    if (refused !== null) rejects.add(chunk.lines[i] ?? 0, refused)
    if (sink.isFull()) await sink.write()
  }
}

/** The promise of the summary. A file that breaks it has met a fault of ours and must not be stored. */
function checkTally(tally: FileTally): void {
  if (tally.rowsRead === 0) throw new ImportFileError('malformed', 'The file has a header and no rows.')
  const rejected = Object.values(tally.rejects).reduce((sum, count) => sum + count, 0)
  if (tally.rowsStored + rejected !== tally.rowsRead) {
    throw new Error(
      `Rows stored (${tally.rowsStored}) and rejected (${rejected}) do not add up to rows read (${tally.rowsRead}).`,
    )
  }
}
