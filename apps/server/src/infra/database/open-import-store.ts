import type { Clock } from '@banyan/domain'
import type { ImportStore } from '../../modules/imports/index.ts'
import type { DatabaseOptions } from './database.ts'
import { createPool, importLimits } from './postgres/pool.ts'
import { createPostgresImportStore } from './postgres/postgres-import-store.ts'
import { dataFolderPaths } from './sqlite/data-folder.ts'
import { openWriterConnection } from './sqlite/sqlite-connection.ts'
import { createSqliteImportStore } from './sqlite/sqlite-import-store.ts'

/** An import store with the connection it owns. */
export interface OpenImportStore extends ImportStore {
  close(): Promise<void>
}

export interface ImportEnvironment {
  readonly clock: Clock
  /** Hears of PostgreSQL connections that broke while idle. */
  onBackgroundError(error: Error): void
}

/**
 * Opens the import's own connection, for use in a worker beside the process that holds the data folder: it takes no folder lock
 * and runs no migration. The database must have been opened with `openDatabase` before.
 */
export async function openImportStore(
  options: DatabaseOptions,
  environment: ImportEnvironment,
): Promise<OpenImportStore> {
  if (options.kind === 'postgres') return openOnPostgres(options.url, environment)
  return openOnSqlite(options.homeDir, environment)
}

/** A day's file touches a page of every instrument, the next day's the same ones again: 64 MiB hold the pages of several files. */
const journalPages = 16_384

/** How long an import waits for the server's own short write transactions. */
const busyTimeoutMs = 5_000

function openOnSqlite(homeDir: string, { clock }: ImportEnvironment): OpenImportStore {
  const connection = openWriterConnection(dataFolderPaths(homeDir).database, { busyTimeoutMs, journalPages })
  return {
    ...createSqliteImportStore(connection, clock),
    async close() {
      if (connection.isOpen) connection.close()
    },
  }
}

function openOnPostgres(url: string, { clock, onBackgroundError }: ImportEnvironment): OpenImportStore {
  const pool = createPool(url, importLimits, onBackgroundError)
  return {
    ...createPostgresImportStore(pool, clock),
    async close() {
      if (!pool.ended) await pool.end()
    },
  }
}
