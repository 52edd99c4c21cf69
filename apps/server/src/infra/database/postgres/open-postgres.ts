import { type CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { Database, DatabaseEnvironment } from '../database.ts'
import type { Schema } from '../schema.ts'
import { ConfigurationRefusedError } from '../start-errors.ts'
import { migratePostgres } from './migrate-postgres.ts'
import { createPool, serverLimits } from './pool.ts'
import { createPostgresTransact } from './transact.ts'
import { orUnavailable, toKyselyPool } from './unavailable.ts'

/** Connects, verifies that commits are durable, and brings the schema to this release's. Closes the pool when it throws. */
export async function openPostgresDatabase(url: string, environment: DatabaseEnvironment): Promise<Database> {
  const pool = createPool(url, serverLimits, environment.onBackgroundError)
  try {
    await refuseLossyCommits(pool)
    await migratePostgres(pool, environment)
    return toDatabase(pool)
  } catch (error) {
    await pool.end()
    throw error
  }
}

/** Of the values of `synchronous_commit` only `off` acknowledges a commit that is not yet on the server's own disk. */
async function refuseLossyCommits(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit') and setting = 'off' order by name`,
  )
  if (rows.length === 0) return
  const names = rows.map((row) => row.name).join(' and ')
  throw new ConfigurationRefusedError(
    `PostgreSQL runs with ${names} off: an acknowledged write could be lost. Turn it on.`,
  )
}

function toDatabase(pool: pg.Pool): Database {
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: toKyselyPool(pool) }) })
  return {
    engine: 'postgres',
    writer: kysely,
    // Read-only for the compiler alone: the pool is one. The cast is the documented way to that type.
    reader: kysely as never,
    transact: createPostgresTransact(kysely),
    async readArrays(query: CompiledQuery) {
      const text = { text: query.sql, values: [...query.parameters], rowMode: 'array' as const }
      const result = await orUnavailable(pool.query(text))
      return result.rows
    },
    async ping() {
      await pool.query('select 1')
    },
    async backup() {
      throw new ConfigurationRefusedError(
        'A PostgreSQL database is backed up with pg_dump and restored with pg_restore.',
      )
    },
    async close() {
      if (!pool.ended) await kysely.destroy()
      if (!pool.ended) await pool.end()
    },
  }
}
