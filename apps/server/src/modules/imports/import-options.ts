import type { Exchange, InstrumentId, StoredInterval } from '@banyan/domain'

/** What the user said about the files beside naming them; null where the file itself must tell. */
export interface ImportOptions {
  /** Candle source id the rows are filed under, also when the file's rows name sources of their own. */
  readonly source: string | null
  readonly interval: StoredInterval | null
  /** The one instrument of files without a symbol column. */
  readonly symbol: InstrumentId | null
  /** Exchange of bare symbols; NSE by default. */
  readonly exchange: Extract<Exchange, 'NSE' | 'BSE'>
  /** Header names that stand for ours: `close` → `Adj Close`. */
  readonly columns: ReadonlyMap<CandleColumn, string>
  /** Reads files again that were imported before. */
  readonly again: boolean
}

export const candleColumns = ['symbol', 'time', 'open', 'high', 'low', 'close', 'volume', 'source'] as const
export type CandleColumn = (typeof candleColumns)[number]

export const defaultImportOptions: ImportOptions = {
  source: null,
  interval: null,
  symbol: null,
  exchange: 'NSE',
  columns: new Map(),
  again: false,
}
