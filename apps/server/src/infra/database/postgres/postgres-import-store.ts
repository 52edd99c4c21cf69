import type { Clock } from '@banyan/domain'
import type pg from 'pg'
import type { ImportedFile, ImportStore, ImportTransaction } from '../../../modules/imports/index.ts'
import { createFactMemory, type FactMemory } from '../fact-memory.ts'
import { type ImportedFileColumns, toImportedFile, toImportedFileRow } from '../imported-file-row.ts'
import { putAdjustments } from './put-adjustments.ts'
import { createPutCandles } from './put-candles.ts'
import { putInstruments } from './put-instruments.ts'
import { recordSuspectJumps } from './record-suspect-jumps.ts'

/** Creates the store on a pool of its own; each file takes one of its connections. */
export function createPostgresImportStore(pool: pg.Pool, clock: Clock): ImportStore {
  const memory = createFactMemory()
  return {
    async findImportedFile(sha256, sourceId) {
      const { rows } = await pool.query<ImportedFileColumns>(findFileSql, [sha256, sourceId])
      return rows[0] ? toImportedFile(rows[0]) : null
    },
    async begin() {
      const client = await pool.connect()
      await client.query('begin')
      return createTransaction(client, memory, clock)
    },
  }
}

function createTransaction(client: pg.PoolClient, memory: FactMemory, clock: Clock): ImportTransaction {
  let ended = false
  const putCandles = createPutCandles(client)
  const open = () => {
    if (ended) throw new Error('The import transaction has ended.')
    return client
  }
  const end = async (statement: 'commit' | 'rollback') => {
    ended = true
    try {
      await client.query(statement)
      client.release()
    } catch (cause) {
      // A connection that failed here is in no known state and must not be used again.
      client.release(true)
      throw cause
    }
  }
  return {
    putInstruments: async (facts) => memory.putNew(facts, (fresh) => putInstruments(open(), fresh)),
    async putCandles(batch, keys, sourceKey) {
      open()
      return putCandles(batch, keys, sourceKey)
    },
    putAdjustments: async (rows) => putAdjustments(open(), rows),
    putSource: async (source) => putSource(open(), source),
    recordSuspectJumps: async (touched) => recordSuspectJumps(open(), touched),
    async commit(file) {
      await putFile(open(), file, clock)
      await end('commit')
    },
    async rollback() {
      memory.forget()
      if (!ended) await end('rollback')
    },
  }
}

async function putSource(
  client: pg.ClientBase,
  source: { id: string; rank: number; note: string | null },
): Promise<number> {
  const find = () => client.query<{ key: number }>('select key from candle_sources where id = $1', [source.id])
  const known = (await find()).rows[0]
  if (known) return known.key
  await client.query('insert into candle_sources (id, rank, note) values ($1, $2, $3) on conflict do nothing', [
    source.id,
    source.rank,
    source.note,
  ])
  const created = (await find()).rows[0]
  if (!created) throw new Error('The candle source was removed while it was created.')
  return created.key
}

async function putFile(client: pg.ClientBase, file: ImportedFile, clock: Clock): Promise<void> {
  await client.query(putFileSql, [JSON.stringify([toImportedFileRow(file, clock.now())])])
}

const findFileSql = `select sha256, source_id, name, format, rows_read, rows_stored, rejects, trading_date
  from imported_files where sha256 = $1 and source_id = $2`

const putFileSql = `
  insert into imported_files
    (sha256, source_id, name, format, rows_read, rows_stored, rejects, trading_date, imported_at)
  select sha256, source_id, name, format, rows_read, rows_stored, rejects, trading_date, imported_at
  from json_populate_recordset(null::imported_files, $1)
  on conflict (sha256, source_id) do update
    set name = excluded.name, format = excluded.format, rows_read = excluded.rows_read,
      rows_stored = excluded.rows_stored, rejects = excluded.rejects, trading_date = excluded.trading_date,
      imported_at = excluded.imported_at`
