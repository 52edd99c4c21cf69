import type { Generated } from 'kysely'
import type { AnalysisSchema } from './analysis-schema.ts'
import type { IdentitySchema } from './identity-schema.ts'
import type { JournalSchema } from './journal-schema.ts'
import type { PortfolioSchema } from './portfolio-schema.ts'
import type { WatchlistsSchema } from './watchlists-schema.ts'

/** Tables and columns as the migrations leave them; the same words on both engines. */
export interface Schema extends AnalysisSchema, IdentitySchema, JournalSchema, PortfolioSchema, WatchlistsSchema {
  instruments: InstrumentsTable
  instrument_aliases: { upstream: string; name: string; instrument_key: number }
  candle_sources: { key: Generated<number>; id: string; rank: number; note: string | null }
  candles: CandlesTable
  adjustments: AdjustmentsTable
  suspect_jumps: { instrument_key: number; source_key: number; ts: number; previous_close: number; close: number }
  imported_files: ImportedFilesTable
  settings: { name: string; value: string }
  schema_migrations: { position: number; name: string; checksum: string; applied_at: number }
}

interface InstrumentsTable {
  key: Generated<number>
  exchange: string
  symbol: string
  name: string | null
  isin: string | null
  kind: string
  series: string | null
  sector: string | null
  lot_size: number | null
  tick_size: string | null
}

/** `ts` is the opening in epoch ms. The source is part of the key: price bases of two sources never mix. */
interface CandlesTable {
  instrument_key: number
  interval_min: number
  source_key: number
  ts: number
  open: number
  high: number
  low: number
  close: number
  volume: number
}

/** `source_key` is {@link everySource} for a factor bound to no source, because a key column cannot be null. */
interface AdjustmentsTable {
  instrument_key: number
  source_key: number
  ex_date: string
  factor: number
  kind: string
  source: string
}

/** Sources are numbered from 1, so 0 is free to say "all of them". */
export const everySource = 0

export interface ImportedFilesTable {
  sha256: string
  source_id: string
  name: string
  format: string
  rows_read: number
  rows_stored: number
  rejects: string
  trading_date: string | null
  imported_at: number
}
