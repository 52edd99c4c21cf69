import { DatabaseSync } from 'node:sqlite'
import { DataFolderUnusableError } from '../start-errors.ts'

export interface ConnectionOptions {
  /** How long a statement waits for another writer's lock. 0 where waiting would stall the event loop. */
  readonly busyTimeoutMs: number
  /** Pages the journal may hold before a commit moves them into the database; by default SQLite's 1,000. */
  readonly journalPages?: number
}

/** SQLite's number for `synchronous = full`: a commit returns after its fsync. */
const fullSync = 2

/** Opens a connection that writes, and verifies that it commits durably. Creates the file when it is missing. */
export function openWriterConnection(file: string, options: ConnectionOptions): DatabaseSync {
  const connection = openConnection(file, options.busyTimeoutMs, false)
  try {
    // The journal may grow to the size of the largest import; this gives the disk space back afterwards.
    connection.exec(`pragma journal_mode = wal; pragma synchronous = full; pragma journal_size_limit = 67108864;
      pragma trusted_schema = off; pragma cell_size_check = on; pragma cache_size = -65536; pragma wal_autocheckpoint = ${options.journalPages ?? 1_000}`)
    verifyPragmas(connection)
    return connection
  } catch (cause) {
    connection.close()
    throw cause
  }
}

/** Opens a connection on which every write fails. The file must exist. */
export function openReaderConnection(file: string): DatabaseSync {
  const connection = openConnection(file, 0, true)
  connection.exec('pragma trusted_schema = off; pragma cell_size_check = on; pragma cache_size = -32768')
  return connection
}

function openConnection(file: string, timeout: number, readOnly: boolean): DatabaseSync {
  return new DatabaseSync(file, {
    readOnly,
    timeout,
    enableForeignKeyConstraints: true,
    enableDoubleQuotedStringLiterals: false,
  })
}

function verifyPragmas(connection: DatabaseSync): void {
  const expected = { journal_mode: 'wal', synchronous: fullSync, foreign_keys: 1 }
  for (const [name, value] of Object.entries(expected)) {
    const actual = readPragma(connection, name)
    if (actual === value) continue
    throw new DataFolderUnusableError(`SQLite refused ${name} = ${value} on this file system and kept ${actual}.`)
  }
}

/** Returns the first column of the first row a pragma answers, or null when it answers nothing. */
export function readPragma(connection: DatabaseSync, name: string): unknown {
  const row = connection.prepare(`pragma ${name}`).get()
  return row ? (Object.values(row)[0] ?? null) : null
}
