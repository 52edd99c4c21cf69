import type { Exchange, InstrumentId, StoredInterval } from '@banyan/domain'
import type { SourceDefinition } from './candle-source.ts'

/** Where a candle file keeps what, and by which rules its rows are read. All candle formats are read by one reader. */
export interface CandleLayout {
  readonly kind: 'candles'
  readonly interval: StoredInterval
  readonly columns: CandleColumnIndex
  /** Header cells; a row with more filled cells than this is shifted and cannot be trusted. */
  readonly width: number
  readonly exchange: Extract<Exchange, 'NSE' | 'BSE'>
  /** The instrument of a file without a symbol column. */
  readonly instrument: InstrumentId | null
  /** True when every symbol is an index. */
  readonly indices: boolean
  /** True for an end-of-day file of one session. */
  readonly oneDay: boolean
  /** True when `21-08-2026` is a date (day first); elsewhere it is ambiguous. */
  readonly dayFirst: boolean
  /** Null when each row names its source in the `source` column. */
  readonly source: SourceDefinition | null
  /** True when neither the user nor the file named the source. Such a file may add rows but not change stored ones. */
  readonly isSourceAssumed: boolean
  /** Tells whether a series or group belongs to a share's history; asked only when there is a `series` column. */
  readonly acceptsSeries: (series: string) => boolean
}

/** Column numbers from 0; null where the file has no such column. */
export interface CandleColumnIndex {
  readonly symbol: number | null
  readonly time: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number | null
  readonly series: number | null
  readonly isin: number | null
  readonly name: number | null
  /** UDiFF's kind of instrument; only `STK` rows are candles. */
  readonly type: number | null
  /** BSE's scrip code. */
  readonly code: number | null
  readonly source: number | null
}

export const noColumns = { series: null, isin: null, name: null, type: null, code: null, source: null }
