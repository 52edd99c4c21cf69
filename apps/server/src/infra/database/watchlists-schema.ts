export interface WatchlistsSchema {
  watchlists: WatchlistsTable
}

/** `instruments` are IDs with commas between them. */
export interface WatchlistsTable {
  account_id: number
  id: string
  name: string
  instruments: string
  created_at: number
  updated_at: number
}
