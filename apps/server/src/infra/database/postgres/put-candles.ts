import { storedIntervals } from '@banyan/domain'
import type pg from 'pg'
import type { CandleBatch } from '../../../modules/imports/index.ts'
import { candleKey, refuseUnknownNumber, type WrittenRows } from '../candle-row.ts'
import { toBinaryArray } from './binary-array.ts'

type PutCandles = (batch: CandleBatch, keys: readonly number[], sourceKey: number) => Promise<WrittenRows>

/**
 * Creates the writing of one transaction's candles; a row stored with other values is replaced, an identical one is left alone.
 * Batches are inserted plainly until one meets a stored row, since `on conflict` was measured at twice the cost per row, and most
 * files hold nothing that is stored.
 */
export function createPutCandles(client: pg.ClientBase): PutCandles {
  let isNew = true
  return async (batch, keys, sourceKey) => {
    const rowKeys = Array.from({ length: batch.length }, (_, row) => {
      refuseUnknownNumber(batch, row)
      return candleKey(batch, keys, row)
    })
    isNew = isNew && (await insertNew(client, batch, rowKeys, sourceKey))
    return isNew ? { inserted: batch.length, replaced: 0 } : upsert(client, batch, rowKeys, sourceKey)
  }
}

const uniqueViolation = '23505'

/** Inserts the whole batch; false when a key of it is stored or comes twice, and then nothing was written. */
async function insertNew(
  client: pg.ClientBase,
  batch: CandleBatch,
  rowKeys: readonly number[],
  sourceKey: number,
): Promise<boolean> {
  const values = columnsOf(batch, rowKeys, 0, batch.length)
  await client.query('savepoint new_candles')
  try {
    await client.query(insertSql, [storedIntervals[batch.interval], sourceKey, ...values])
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === uniqueViolation)) throw error
    await client.query('rollback to savepoint new_candles')
    return false
  }
  await client.query('release savepoint new_candles')
  return true
}

const rowsPerStatement = 5_000

async function upsert(
  client: pg.ClientBase,
  batch: CandleBatch,
  rowKeys: readonly number[],
  sourceKey: number,
): Promise<WrittenRows> {
  const written = { inserted: 0, replaced: 0 }
  for (let start = 0; start < batch.length; ) {
    const end = endOfStatement(batch, rowKeys, start)
    const values = columnsOf(batch, rowKeys, start, end)
    const { rows } = await client.query(putSql, [storedIntervals[batch.interval], sourceKey, ...values])
    written.inserted += rows[0].inserted
    written.replaced += rows[0].replaced
    start = end
  }
  return written
}

/** PostgreSQL refuses a statement that writes one row twice, so a repeated key starts the next one: the later row wins. */
function endOfStatement(batch: CandleBatch, rowKeys: readonly number[], start: number): number {
  const limit = Math.min(start + rowsPerStatement, batch.length)
  const seen = new Set<string>()
  for (let row = start; row < limit; row++) {
    const key = `${rowKeys[row]}:${batch.time[row]}`
    if (seen.has(key)) return row
    seen.add(key)
  }
  return limit
}

function columnsOf(batch: CandleBatch, rowKeys: readonly number[], start: number, end: number): readonly Buffer[] {
  const prices = [batch.open, batch.high, batch.low, batch.close, batch.volume]
  return [
    toBinaryArray('integer', rowKeys.slice(start, end)),
    toBinaryArray('bigint', batch.time.subarray(start, end)),
    ...prices.map((column) => toBinaryArray('float8', column.subarray(start, end))),
  ]
}

const givenRows = `
  select r.instrument_key, $1::integer, $2::integer, r.ts, r.open, r.high, r.low, r.close, r.volume
  from unnest($3::integer[], $4::bigint[], $5::float8[], $6::float8[], $7::float8[], $8::float8[], $9::float8[])
    as r (instrument_key, ts, open, high, low, close, volume)`

const insertSql = `
  insert into candles (instrument_key, interval_min, source_key, ts, open, high, low, close, volume) ${givenRows}`

// A row that the statement updated has been locked by it: its xmax is not 0.
const putSql = `
  with written as (
    insert into candles as c (instrument_key, interval_min, source_key, ts, open, high, low, close, volume)
    ${givenRows}
    on conflict (instrument_key, interval_min, source_key, ts) do update
      set open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume
      where (c.open, c.high, c.low, c.close, c.volume)
        is distinct from (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume)
    returning xmax = 0 as is_new
  )
  select count(*) filter (where is_new)::integer as inserted, count(*) filter (where not is_new)::integer as replaced
  from written`
