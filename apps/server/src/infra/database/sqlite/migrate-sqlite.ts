import type { DatabaseSync } from 'node:sqlite'
import type { DatabaseEnvironment } from '../database.ts'
import { allMigrations } from '../migrations/all-migrations.ts'
import { checksumOf, type Migration, statementsFor } from '../migrations/migration.ts'
import { type AppliedMigration, pendingMigrations } from '../migrations/pending-migrations.ts'
import { DataFolderUnusableError } from '../start-errors.ts'
import { keepCopy } from './kept-copies.ts'

/**
 * Brings the database to this release's schema, all pending steps in one transaction. A copy is kept first unless the database
 * is new. When a step fails, the database is as before.
 */
export async function migrateSqlite(
  connection: DatabaseSync,
  databaseFile: string,
  environment: DatabaseEnvironment,
): Promise<void> {
  const known = environment.migrations ?? allMigrations
  const applied = listApplied(connection)
  const pending = pendingMigrations(applied, known, 'sqlite')
  const first = pending[0]
  if (!first) return
  if (applied.length > 0) await keepCopy(connection, databaseFile, first.name, environment.clock.now())
  connection.exec('begin immediate')
  try {
    connection.exec(historySql)
    pending.forEach((migration, i) => {
      applyMigration(connection, migration, applied.length + i, environment)
    })
    connection.exec('commit')
  } catch (cause) {
    if (connection.isTransaction) connection.exec('rollback')
    throw new DataFolderUnusableError(`Migrating from ${first.name} on failed; the data is as it was before.`, {
      cause,
    })
  }
}

const historySql = `create table if not exists schema_migrations (
  position integer primary key, name text not null unique, checksum text not null, applied_at integer not null) strict`

function listApplied(connection: DatabaseSync): readonly AppliedMigration[] {
  const tables = connection.prepare(`select name from sqlite_schema where type = 'table'`).all()
  if (tables.length === 0) return []
  if (!tables.some((table) => table['name'] === 'schema_migrations')) {
    throw new DataFolderUnusableError('The file banyan.db holds another program’s tables. Move it away.')
  }
  const rows = connection.prepare('select name, checksum from schema_migrations order by position').all()
  return rows as unknown as readonly AppliedMigration[]
}

function applyMigration(
  connection: DatabaseSync,
  migration: Migration,
  position: number,
  environment: DatabaseEnvironment,
): void {
  statementsFor(migration, 'sqlite').forEach((statement, index) => {
    environment.onMigrationStatement?.(migration.name, index)
    connection.exec(statement)
  })
  connection
    .prepare('insert into schema_migrations (position, name, checksum, applied_at) values (?, ?, ?, ?)')
    .run(position, migration.name, checksumOf(migration, 'sqlite'), environment.clock.now())
}
