import { Kysely, PostgresDialect } from 'kysely'
import type { Database, DatabaseOptions } from './database.ts'
import { createPool, type PoolLimits } from './postgres/pool.ts'
import { orUnavailable, toKyselyPool } from './postgres/unavailable.ts'
import type { Schema } from './schema.ts'
import { dataFolderPaths } from './sqlite/data-folder.ts'
import { NodeSqliteDialect } from './sqlite/node-sqlite-dialect.ts'
import { createArrayReader } from './sqlite/read-arrays.ts'
import { openReaderConnection } from './sqlite/sqlite-connection.ts'

/** The reading side of a database with the connection it owns. */
export interface OpenReads extends DatabaseReads {
  close(): Promise<void>
}

export type DatabaseReads = Pick<Database, 'reader' | 'readArrays'>

/** One worker reads one query at a time; nobody waits for it. */
const workerLimits: PoolLimits = {
  connections: 1,
  acquireMs: 5_000,
  statementMs: 30_000,
  lockMs: 2_000,
  idleInTransactionMs: 10_000,
}

/**
 * Opens connections that only read, for a worker beside the process that holds the data folder: it takes no folder lock and runs no migration.
 * The database must have been opened with `openDatabase` before.
 */
export function openReads(options: DatabaseOptions, onBackgroundError: (error: Error) => void): OpenReads {
  if (options.kind === 'postgres') return openOnPostgres(options.url, onBackgroundError)
  const connection = openReaderConnection(dataFolderPaths(options.homeDir).database)
  const readArrays = createArrayReader(connection)
  const reader = new Kysely<Schema>({ dialect: new NodeSqliteDialect(connection) })
  return {
    reader: reader as never,
    readArrays: async (query) => readArrays(query),
    close: () => reader.destroy(),
  }
}

function openOnPostgres(url: string, onBackgroundError: (error: Error) => void): OpenReads {
  const pool = createPool(url, workerLimits, onBackgroundError)
  const reader = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: toKyselyPool(pool) }) })
  return {
    reader: reader as never,
    async readArrays(query) {
      const text = { text: query.sql, values: [...query.parameters], rowMode: 'array' as const }
      return (await orUnavailable(pool.query(text))).rows
    },
    close: () => reader.destroy(),
  }
}
