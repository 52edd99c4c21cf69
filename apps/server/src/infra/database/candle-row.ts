import type { CandleBatch } from '../../modules/imports/index.ts'

export interface WrittenRows {
  /** Rows that were not stored before. */
  readonly inserted: number
  /** Rows stored before with other values. An identical row counts in neither. */
  readonly replaced: number
}

/** Returns the instrument key of a batch's row; throws when the file's list does not reach that far. */
export function candleKey(batch: CandleBatch, keys: readonly number[], row: number): number {
  const index = batch.instrument[row]
  const key = index === undefined ? undefined : keys[index]
  if (key === undefined) throw new RangeError('A candle refers to an instrument that its file does not list.')
  return key
}

/** Throws on NaN and infinity: SQLite would write null for the one, PostgreSQL would keep both. */
export function refuseUnknownNumber(batch: CandleBatch, row: number): void {
  const { time, open, high, low, close, volume } = batch
  const sum = at(time, row) + at(open, row) + at(high, row) + at(low, row) + at(close, row) + at(volume, row)
  if (!Number.isFinite(sum)) throw new RangeError('A candle holds a value that is not a finite number.')
}

function at(column: Float64Array, row: number): number {
  return column[row] ?? Number.NaN
}
