import { statSync } from 'node:fs'
import { backup, type DatabaseSync } from 'node:sqlite'
import { type CompiledQuery, Kysely } from 'kysely'
import type { Database, DatabaseEnvironment } from '../database.ts'
import type { Schema } from '../schema.ts'
import { DataFolderUnusableError } from '../start-errors.ts'
import { dataFolderPaths, prepareDataFolder, syncFolder } from './data-folder.ts'
import { sqliteCodeOf, sqliteCodes } from './error-code.ts'
import { type FolderLock, lockDataFolder } from './folder-lock.ts'
import { listKeptCopies } from './kept-copies.ts'
import { migrateSqlite } from './migrate-sqlite.ts'
import { NodeSqliteDialect } from './node-sqlite-dialect.ts'
import { createArrayReader } from './read-arrays.ts'
import { openReaderConnection, openWriterConnection, readPragma } from './sqlite-connection.ts'
import { createSqliteTransact } from './transact.ts'

/** Takes the data folder, brings its database to this release's schema and opens it. Leaves nothing held when it throws. */
export async function openSqliteDatabase(homeDir: string, environment: DatabaseEnvironment): Promise<Database> {
  prepareDataFolder(homeDir)
  try {
    const lock = lockDataFolder(homeDir)
    return await openLocked(homeDir, lock, environment)
  } catch (error) {
    throw toStartError(homeDir, error)
  }
}

async function openLocked(homeDir: string, lock: FolderLock, environment: DatabaseEnvironment): Promise<Database> {
  const file = dataFolderPaths(homeDir).database
  const isUnclean = hasJournal(file)
  let writer: DatabaseSync | null = null
  try {
    writer = openWriterConnection(file, { busyTimeoutMs: 0 })
    if (isUnclean) refuseDamaged(writer, file)
    await migrateSqlite(writer, file, environment)
    syncFolder(homeDir)
    return toDatabase(writer, file, lock)
  } catch (error) {
    writer?.close()
    lock.release()
    throw error
  }
}

/** How long a write waits for an import that holds the lock: most files take less. */
const writerPatienceMs = 10_000

function toDatabase(writer: DatabaseSync, file: string, lock: FolderLock): Database {
  const dialect = new NodeSqliteDialect(writer, { patienceMs: writerPatienceMs })
  const kysely = new Kysely<Schema>({ dialect })
  const reader = openReaderConnection(file)
  const readArrays = createArrayReader(reader)
  const pingStatement = reader.prepare('select 1')
  return {
    engine: 'sqlite',
    writer: kysely,
    // Read-only for the compiler too; the cast is the documented way to that type.
    reader: new Kysely<Schema>({ dialect: new NodeSqliteDialect(reader) }) as never,
    transact: createSqliteTransact(kysely, writerPatienceMs),
    readArrays: async (query: CompiledQuery) => readArrays(query),
    async ping() {
      pingStatement.get()
    },
    backup: (toPath) => copyAtOnce(file, toPath),
    async close() {
      if (!writer.isOpen) return
      try {
        reader.close()
        writer.exec('pragma wal_checkpoint(truncate)')
      } finally {
        writer.close()
        lock.release()
      }
    },
  }
}

/** More pages than a database can have, so that one step copies all. */
const everyPage = 2 ** 31 - 1

/**
 * Copies on a connection of its own in a single step, off the event loop. A step is one read transaction: it shows one commit
 * point, blocks no writer, and unlike many small steps it does not start over when an import's connection commits meanwhile.
 */
async function copyAtOnce(file: string, toPath: string): Promise<void> {
  const source = openReaderConnection(file)
  try {
    await backup(source, toPath, { rate: everyPage })
  } finally {
    source.close()
  }
}

/** A clean stop truncates the journal, so bytes in it mean that the last process did not end by itself. */
function hasJournal(file: string): boolean {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
}

/** Above this size the candles are left out of the check at start: they can be imported anew, and it takes 4 s per GB. */
const wholeCheckBytes = 512 * 1024 ** 2

function refuseDamaged(connection: DatabaseSync, file: string): void {
  const tables = connection.prepare(`select name from sqlite_schema where type = 'table' and name <> 'candles'`).all()
  const checks = statSync(file).size <= wholeCheckBytes ? ['1'] : tables.map((table) => `"${table['name']}"`)
  if (checks.every((check) => readPragma(connection, `quick_check(${check})`) === 'ok')) return
  const copy = listKeptCopies(file).at(-1)
  const advice = copy ? ` The newest copy is ${copy}.` : ''
  throw new DataFolderUnusableError(`The database ${file} is damaged: restore a backup.${advice}`)
}

const unusableCodes: ReadonlySet<number> = new Set([
  sqliteCodes.readOnly,
  sqliteCodes.inputOutput,
  sqliteCodes.corrupt,
  sqliteCodes.full,
  sqliteCodes.cannotOpen,
  sqliteCodes.notADatabase,
])

function toStartError(homeDir: string, cause: unknown): unknown {
  if (!(cause instanceof Error) || !unusableCodes.has(sqliteCodeOf(cause) ?? 0)) return cause
  return new DataFolderUnusableError(`The data in ${homeDir} cannot be used: ${cause.message}.`, { cause })
}
