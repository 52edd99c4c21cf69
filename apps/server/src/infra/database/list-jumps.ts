import { existsSync } from 'node:fs'
import { type Exchange, type InstrumentId, instrumentId } from '@banyan/domain'
import { Kysely, PostgresDialect } from 'kysely'
import type { ListedJump } from '../../modules/imports/index.ts'
import type { DatabaseOptions } from './database.ts'
import { createPool, serverLimits } from './postgres/pool.ts'
import type { Schema } from './schema.ts'
import { dataFolderPaths } from './sqlite/data-folder.ts'
import { NodeSqliteDialect } from './sqlite/node-sqlite-dialect.ts'
import { openReaderConnection } from './sqlite/sqlite-connection.ts'
import { DataFolderUnusableError } from './start-errors.ts'

/**
 * Returns the unexplained steps recorded for one instrument or, with null, for all, by instrument, day and source. Reads on a
 * connection of its own that cannot write, so it works beside the process that holds the data folder. Throws
 * {@link DataFolderUnusableError} when there is no database yet, or no table in it.
 */
export async function listJumps(
  options: DatabaseOptions,
  instrument: InstrumentId | null,
  onBackgroundError: (error: Error) => void,
): Promise<readonly ListedJump[]> {
  const reader = openReader(options, onBackgroundError)
  try {
    const rows = await jumpsOf(reader, instrument).execute()
    return rows.map(({ exchange, symbol, ...jump }) => ({
      instrument: instrumentId(exchange as Exchange, symbol),
      ...jump,
    }))
  } catch (cause) {
    if (!isTableMissing(cause)) throw cause
    throw new DataFolderUnusableError('The database holds no data of this program.', { cause })
  } finally {
    await reader.destroy()
  }
}

/** PostgreSQL's `undefined_table`: the server was never started on this database. */
function isTableMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '42P01'
}

function openReader(options: DatabaseOptions, onBackgroundError: (error: Error) => void): Kysely<Schema> {
  if (options.kind === 'postgres') {
    const pool = createPool(options.url, serverLimits, onBackgroundError)
    return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  }
  const file = dataFolderPaths(options.homeDir).database
  if (!existsSync(file)) throw new DataFolderUnusableError(`There is no database at ${file}.`)
  return new Kysely<Schema>({ dialect: new NodeSqliteDialect(openReaderConnection(file)) })
}

function jumpsOf(reader: Kysely<Schema>, instrument: InstrumentId | null) {
  const all = reader
    .selectFrom('suspect_jumps as j')
    .innerJoin('instruments as i', 'i.key', 'j.instrument_key')
    .innerJoin('candle_sources as s', 's.key', 'j.source_key')
    .select(['i.exchange', 'i.symbol', 's.id as source', 'j.ts as time'])
    .select(['j.previous_close as previousClose', 'j.close'])
    .orderBy('i.exchange')
    .orderBy('i.symbol')
    .orderBy('j.ts')
    .orderBy('s.id')
  if (instrument === null) return all
  const colon = instrument.indexOf(':')
  return all.where('i.exchange', '=', instrument.slice(0, colon)).where('i.symbol', '=', instrument.slice(colon + 1))
}
