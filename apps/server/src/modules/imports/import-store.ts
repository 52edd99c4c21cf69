import type { Adjustment, EpochMs, Instrument, StoredInterval, TradingDate } from '@banyan/domain'
import type { ImportFormat } from './import-format.ts'
import type { RejectReason } from './rejection.ts'

/** Rows a file gives, checked and in our own words, ready to be stored. */
export interface CandleBatch {
  readonly kind: 'candles'
  readonly interval: StoredInterval
  readonly length: number
  /** Index into the file's instrument list, per row. */
  readonly instrument: Int32Array
  readonly time: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}

/** What a file said about an instrument; unknown fields are null and never overwrite what is known. */
export interface InstrumentFact extends Instrument {
  /** Upstream's own names learnt from the same row. */
  readonly aliases: readonly { readonly upstream: string; readonly name: string }[]
}

/** One file inside its transaction. Exactly one of `commit` and `rollback` ends it. */
export interface ImportTransaction {
  /** Inserts or completes instruments and returns their keys in the order given. */
  putInstruments(facts: readonly InstrumentFact[]): Promise<readonly number[]>
  /** Writes rows; a row already stored under the same key is replaced. `keys` maps the batch's instrument index to a key. Returns how many rows were new and how many replaced others. */
  putCandles(
    batch: CandleBatch,
    keys: readonly number[],
    sourceKey: number,
  ): Promise<{ inserted: number; replaced: number }>
  putAdjustments(
    rows: readonly { instrumentKey: number; sourceKey: number | null; adjustment: Adjustment }[],
  ): Promise<void>
  /** Finds or creates the source and returns its key. */
  putSource(source: { id: string; rank: number; note: string | null }): Promise<number>
  /** Looks for daily steps over 40 % in the rows just written and records those no adjustment explains; returns the new ones. */
  recordSuspectJumps(
    touched: readonly { instrumentKey: number; sourceKey: number; from: number; to: number }[],
  ): Promise<readonly FreshJump[]>
  commit(file: ImportedFile): Promise<void>
  rollback(): Promise<void>
}

/** A daily close far from the one before it, recorded for the first time. */
export interface FreshJump {
  readonly instrumentKey: number
  readonly sourceKey: number
  /** Opening of the bar that jumped. */
  readonly time: EpochMs
  readonly previousClose: number
  readonly close: number
}

export interface ImportedFile {
  /** SHA-256 of the file's bytes as given (packed). */
  readonly sha256: string
  readonly name: string
  readonly format: ImportFormat
  /** The source the rows were filed under: with `sha256` the key that makes a second import "unchanged". `by-row` when the rows name theirs, `lists` for instrument lists. */
  readonly sourceId: string
  readonly rowsRead: number
  readonly rowsStored: number
  readonly rejects: Partial<Record<RejectReason, number>>
  readonly tradingDate: TradingDate | null
}

export interface ImportStore {
  /** Returns the record of a file already imported under the same source with the same bytes, or null. */
  findImportedFile(sha256: string, sourceId: string): Promise<ImportedFile | null>
  begin(): Promise<ImportTransaction>
}
