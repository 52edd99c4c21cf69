import type { Database, DatabaseEnvironment, DatabaseOptions } from './database.ts'
import { openPostgresDatabase } from './postgres/open-postgres.ts'
import { openSqliteDatabase } from './sqlite/open-sqlite.ts'

/**
 * Opens the store, creating or migrating it first. Throws `DataFolderInUseError`, `DataFolderUnusableError` or
 * `ConfigurationRefusedError`, each with its exit code; whatever it throws, nothing stays open.
 */
export async function openDatabase(options: DatabaseOptions, environment: DatabaseEnvironment): Promise<Database> {
  if (options.kind === 'postgres') return openPostgresDatabase(options.url, environment)
  return openSqliteDatabase(options.homeDir, environment)
}
