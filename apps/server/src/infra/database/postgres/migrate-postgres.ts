import type pg from 'pg'
import type { DatabaseEnvironment } from '../database.ts'
import { allMigrations } from '../migrations/all-migrations.ts'
import { checksumOf, type Migration, statementsFor } from '../migrations/migration.ts'
import { type AppliedMigration, pendingMigrations } from '../migrations/pending-migrations.ts'
import { DataFolderUnusableError } from '../start-errors.ts'

/**
 * Brings the schema to this release's, all pending steps in one transaction under an advisory lock, so that of several
 * instances starting together one migrates and the others wait for it. When a step fails, the database is as before.
 */
export async function migratePostgres(pool: pg.Pool, environment: DatabaseEnvironment): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(waitForOthersSql)
    await client.query(lockSql)
    await applyPending(client, environment)
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    if (cause instanceof DataFolderUnusableError) throw cause
    throw new DataFolderUnusableError('Migrating the database failed; the data is as it was before.', { cause })
  } finally {
    client.release()
  }
}

const waitForOthersSql = `set local statement_timeout = 0; set local lock_timeout = '5min'`

// The lock is the schema's, not the database's: two installations may share one database.
const lockSql = `select pg_advisory_xact_lock(hashtextextended('banyan migrations ' || coalesce(current_schema(), ''), 0))`

const historySql = `create table if not exists schema_migrations (
  position integer primary key, name text collate "C" not null unique, checksum text collate "C" not null,
  applied_at bigint not null)`

async function applyPending(client: pg.PoolClient, environment: DatabaseEnvironment): Promise<void> {
  const known = environment.migrations ?? allMigrations
  await client.query(historySql)
  const applied = await client.query<AppliedMigration>('select name, checksum from schema_migrations order by position')
  const pending = pendingMigrations(applied.rows, known, 'postgres')
  for (const [i, migration] of pending.entries()) {
    await applyMigration(client, migration, applied.rows.length + i, environment)
  }
}

async function applyMigration(
  client: pg.PoolClient,
  migration: Migration,
  position: number,
  environment: DatabaseEnvironment,
): Promise<void> {
  for (const [index, statement] of statementsFor(migration, 'postgres').entries()) {
    environment.onMigrationStatement?.(migration.name, index)
    await client.query(statement)
  }
  await client.query('insert into schema_migrations (position, name, checksum, applied_at) values ($1, $2, $3, $4)', [
    position,
    migration.name,
    checksumOf(migration, 'postgres'),
    environment.clock.now(),
  ])
}
