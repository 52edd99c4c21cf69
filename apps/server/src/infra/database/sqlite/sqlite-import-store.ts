import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '@banyan/domain'
import type { ImportedFile, ImportStore, ImportTransaction } from '../../../modules/imports/index.ts'
import { createFactMemory } from '../fact-memory.ts'
import { type ImportedFileColumns, toImportedFile, toImportedFileRow } from '../imported-file-row.ts'
import { preparePutAdjustments } from './put-adjustments.ts'
import { preparePutCandles } from './put-candles.ts'
import { preparePutInstruments } from './put-instruments.ts'
import { prepareRecordSuspectJumps } from './record-suspect-jumps.ts'

/**
 * Creates the store on a connection of its own. Statements run at once on the calling thread: call it from a worker.
 * `begin` throws while another file's transaction is open.
 */
export function createSqliteImportStore(connection: DatabaseSync, clock: Clock): ImportStore {
  const statements = prepareStatements(connection, clock)
  return {
    async findImportedFile(sha256, sourceId) {
      return statements.findFile(sha256, sourceId)
    },
    async begin() {
      connection.exec('begin immediate')
      return createTransaction(connection, statements)
    },
  }
}

type Statements = ReturnType<typeof prepareStatements>

function prepareStatements(connection: DatabaseSync, clock: Clock) {
  const findFile = connection.prepare(
    `select sha256, source_id, name, format, rows_read, rows_stored, rejects, trading_date
     from imported_files where sha256 = ? and source_id = ?`,
  )
  const findSource = connection.prepare('select key from candle_sources where id = ?')
  const insertSource = connection.prepare('insert into candle_sources (id, rank, note) values (?, ?, ?) returning key')
  const putFile = connection.prepare(
    `insert or replace into imported_files
     (sha256, source_id, name, format, rows_read, rows_stored, rejects, trading_date, imported_at)
     values (:sha256, :source_id, :name, :format, :rows_read, :rows_stored, :rejects, :trading_date, :imported_at)`,
  )
  return {
    memory: createFactMemory(),
    putInstruments: preparePutInstruments(connection),
    putCandles: preparePutCandles(connection),
    putAdjustments: preparePutAdjustments(connection),
    recordSuspectJumps: prepareRecordSuspectJumps(connection),
    findFile(sha256: string, sourceId: string): ImportedFile | null {
      const row = findFile.get(sha256, sourceId) as ImportedFileColumns | undefined
      return row ? toImportedFile(row) : null
    },
    putSource(source: { id: string; rank: number; note: string | null }): number {
      const row = findSource.get(source.id) ?? insertSource.get(source.id, source.rank, source.note)
      return (row as { key: number }).key
    },
    putFile(file: ImportedFile): void {
      putFile.run({ ...toImportedFileRow(file, clock.now()) })
    },
  }
}

function createTransaction(connection: DatabaseSync, statements: Statements): ImportTransaction {
  const open = () => {
    if (!connection.isTransaction) throw new Error('The import transaction has ended.')
    return statements
  }
  return {
    async putInstruments(facts) {
      const { memory, putInstruments } = open()
      return memory.putNew(facts, putInstruments)
    },
    async putCandles(batch, keys, sourceKey) {
      return open().putCandles(batch, keys, sourceKey)
    },
    async putAdjustments(rows) {
      open().putAdjustments(rows)
    },
    async putSource(source) {
      return open().putSource(source)
    },
    async recordSuspectJumps(touched) {
      return open().recordSuspectJumps(touched)
    },
    async commit(file) {
      open().putFile(file)
      connection.exec('commit')
    },
    async rollback() {
      statements.memory.forget()
      // SQLite ends the transaction by itself when the disk is full or fails.
      if (connection.isTransaction) connection.exec('rollback')
    },
  }
}
