import type { Exchange } from '@banyan/domain'

export interface PortfolioSchema {
  portfolio_books: BooksTable
  portfolio_holdings: HoldingsTable
  portfolio_positions: PositionsTable
  portfolio_day_trades: DayTradesTable
  portfolio_trades: TradesTable
  pnl_snapshots: SnapshotsTable
  /** Who syncs right now, until when at the latest. */
  portfolio_syncs: { account_id: number; until: number }
}

interface BookKey {
  account_id: number
  broker: string
  broker_account: string
}

interface BooksTable extends BookKey {
  source: 'broker' | 'csv'
  synced_at: number
  trading_day: string
}

/** Amounts are decimal text. */
interface RowColumns extends BookKey {
  place: number
  exchange: Exchange
  symbol: string
  is_mapped: number
  isin: string | null
  product: string | null
  quantity: string
  average_price: string | null
  last_price: string | null
  close_price: string | null
}

export interface HoldingsTable extends RowColumns {
  t1_quantity: string | null
}

export interface PositionsTable extends RowColumns {
  type: 'net' | 'day'
  overnight_quantity: string | null
  multiplier: string
  pnl: string | null
  m2m: string | null
  unrealised: string | null
  realised: string | null
}

interface DayTradesTable extends BookKey {
  date: string
  place: number
  exchange: Exchange
  symbol: string
  product: string | null
  quantity: string
  multiplier: string
  average_price: string | null
  realised: string | null
}

export interface TradesTable extends BookKey {
  date: string
  id: string
  executed_at: number | null
  exchange: Exchange
  symbol: string
  is_mapped: number
  isin: string | null
  side: 'buy' | 'sell'
  quantity: string
  price: string
  trade_id: string | null
}

export interface SnapshotsTable {
  account_id: number
  date: string
  invested: string | null
  current_value: string | null
  holdings_pnl: string | null
  positions_pnl: string | null
  total_pnl: string | null
  day_pnl: string | null
  unpriced_count: number
  /** Provider ids with commas between them. */
  stale_brokers: string
}
