import type { DatabaseSync } from 'node:sqlite'
import { storedIntervals } from '@banyan/domain'
import type { CandleBatch } from '../../../modules/imports/index.ts'
import { candleKey, refuseUnknownNumber, type WrittenRows } from '../candle-row.ts'

type PutCandles = (batch: CandleBatch, keys: readonly number[], sourceKey: number) => WrittenRows

/** Rows of one statement: 64 store twice as many rows per second as one; more gains little. */
const rowsPerInsert = 64
const columns = 9
const placeholders = `(${Array(columns).fill('?').join(', ')})`

/**
 * Prepares the writing of candles. Rows are inserted first, many at a time; only when fewer went in than were given are those
 * of that statement compared with what is stored and replaced where they differ, so a first import costs no look-up.
 */
export function preparePutCandles(connection: DatabaseSync): PutCandles {
  const insertMany = connection.prepare(insertSql(rowsPerInsert))
  const insertOne = connection.prepare(insertSql(1))
  const replaceOne = connection.prepare(replaceSql)
  const manyValues = new Array<number>(rowsPerInsert * columns)

  return (batch, keys, sourceKey) => {
    let inserted = 0
    let replaced = 0
    const put = (row: number, count: number) => {
      const values = count === rowsPerInsert ? manyValues : new Array<number>(count * columns)
      fillRows(values, batch, keys, sourceKey, row, count)
      const fresh = Number((count === rowsPerInsert ? insertMany : insertOne).run(...values).changes)
      inserted += fresh
      if (fresh === count) return
      for (let i = 0; i < values.length; i += columns) {
        replaced += Number(replaceOne.run(...values.slice(i, i + columns)).changes)
      }
    }
    let row = 0
    for (; row + rowsPerInsert <= batch.length; row += rowsPerInsert) put(row, rowsPerInsert)
    for (; row < batch.length; row++) put(row, 1)
    return { inserted, replaced }
  }
}

function insertSql(rows: number): string {
  return `insert into candles (instrument_key, interval_min, source_key, ts, open, high, low, close, volume)
    values ${Array(rows).fill(placeholders).join(', ')} on conflict do nothing`
}

const replaceSql = `update candles set open = ?5, high = ?6, low = ?7, close = ?8, volume = ?9
  where instrument_key = ?1 and interval_min = ?2 and source_key = ?3 and ts = ?4
    and (open <> ?5 or high <> ?6 or low <> ?7 or close <> ?8 or volume <> ?9)`

function fillRows(
  values: number[],
  batch: CandleBatch,
  keys: readonly number[],
  sourceKey: number,
  first: number,
  count: number,
): void {
  const interval = storedIntervals[batch.interval]
  let at = 0
  for (let row = first; row < first + count; row++) {
    refuseUnknownNumber(batch, row)
    values[at++] = candleKey(batch, keys, row)
    values[at++] = interval
    values[at++] = sourceKey
    values[at++] = batch.time[row] ?? Number.NaN
    values[at++] = batch.open[row] ?? Number.NaN
    values[at++] = batch.high[row] ?? Number.NaN
    values[at++] = batch.low[row] ?? Number.NaN
    values[at++] = batch.close[row] ?? Number.NaN
    values[at++] = batch.volume[row] ?? Number.NaN
  }
}
