/** Tables of the trade journal. */
export interface JournalSchema {
  journal_entries: JournalEntriesTable
  /** `date` is the trading date of the draft. */
  dismissed_drafts: { account_id: number; draft_id: string; date: string }
}

/** Amounts are decimals as digits, since neither engine's number is exact on both. `pnl` follows from them and is kept for statistics. */
export interface JournalEntriesTable {
  account_id: number
  id: string
  symbol: string
  side: string
  quantity: string
  price: string
  exit_price: string | null
  fees: string
  pnl: string | null
  opened_at: number
  closed_at: number | null
  /** One a line; empty for none. */
  tags: string
  /** For the filter: each tag's key between line feeds, which no tag has. Empty for none. */
  tag_keys: string
  rating: number | null
  /** Ids with commas between them; empty for none, null not known. */
  patterns: string | null
  created_at: number
  updated_at: number
  notes: string
}
