import type { Broker } from '@banyan/brokers'
import { addDays, type Clock, type EpochMs, istDate, type TradingCalendar, type TradingDate } from '@banyan/domain'
import type { Trade } from './csv-import/trade.ts'
import type { TradeStore } from './csv-import/trade-store.ts'
import type { DayTrade } from './day-trades.ts'
import { snapshotOf } from './figures.ts'
import type { PortfolioStore, RemovedPortfolio } from './portfolio-store.ts'
import type { PnlSnapshot, StoredBook } from './stored-book.ts'
import { createBookSyncing, type OpenSession, type SyncReport, type SyncTimes } from './sync-book.ts'

/** P&L of now and of the days before. */
interface PnlReport {
  /** Calendar days of the trend, today in India included. */
  readonly from: TradingDate
  readonly to: TradingDate
  /** Of the books as they are; null before the first sync. */
  readonly current: PnlSnapshot | null
  readonly syncedAt: EpochMs | null
  /** Ascending, one per trading day with a sync. */
  readonly trend: readonly PnlSnapshot[]
}

/** All that is stored of an account's portfolio. */
interface WholePortfolio {
  readonly books: readonly StoredBook[]
  readonly dayTrades: readonly DayTrade[]
  readonly pnlSnapshots: readonly PnlSnapshot[]
  /** Those of imported tradebooks. */
  readonly trades: readonly Trade[]
}

/** What people own at their brokers, as the brokers gave it. */
export interface PortfolioModule {
  /** See `BookSyncing.sync`. */
  sync(accountId: number, broker: Pick<Broker, 'id' | 'name'>, open: OpenSession): Promise<SyncReport>
  /** Puts a book that a file told in place of the one of the same name, with the day's snapshot. */
  replaceBook(accountId: number, book: StoredBook): Promise<void>
  /** Returns the books, by broker and its account. */
  books(accountId: number): Promise<readonly StoredBook[]>
  /** Returns the trading of days from `since` on, at most some weeks back. */
  dayTrades(accountId: number, since: TradingDate): Promise<readonly DayTrade[]>
  /** `days` ≥ 1. */
  pnl(accountId: number, days: number): Promise<PnlReport>
  everything(accountId: number): Promise<WholePortfolio>
  /** Erases all of it for good. */
  remove(accountId: number): Promise<RemovedPortfolio>
  /** Lets no sync begin, and breaks off in a few seconds those still under way: nothing of them is stored. Returns at once. */
  stop(): void
}

export interface PortfolioParts {
  readonly store: PortfolioStore
  readonly trades: Pick<TradeStore, 'readAll'>
  readonly calendar: Pick<TradingCalendar, 'tradingDayOf'>
  /** The wall clock. */
  readonly clock: Clock
  readonly times?: SyncTimes
}

const [firstDate, lastDate] = ['0000-01-01', '9999-12-31']

export function createPortfolioModule(parts: PortfolioParts): PortfolioModule {
  const { store, trades, calendar, clock } = parts
  const syncing = createBookSyncing(parts)
  return {
    sync: syncing.sync,
    stop: syncing.stop,
    books: (accountId) => store.readBooks(accountId),
    dayTrades: (accountId, since) => store.readDayTrades(accountId, since),
    async everything(accountId) {
      const books = await store.readBooks(accountId)
      const dayTrades = await store.readDayTrades(accountId, firstDate)
      const pnlSnapshots = await store.readSnapshots(accountId, firstDate, lastDate)
      const imported: Trade[] = []
      for await (const page of trades.readAll(accountId)) imported.push(...page)
      return { books, dayTrades, pnlSnapshots, trades: imported }
    },
    remove: (accountId) => store.remove(accountId),
    async replaceBook(accountId, book) {
      const date = calendar.tradingDayOf(clock.now())
      await store.replaceBook(accountId, book, (all) => snapshotOf(all, date))
    },
    async pnl(accountId, days) {
      const to = istDate(clock.now())
      const from = addDays(to, 1 - days)
      const [books, trend] = await Promise.all([store.readBooks(accountId), store.readSnapshots(accountId, from, to)])
      const current = books.length === 0 ? null : snapshotOf(books, calendar.tradingDayOf(clock.now()))
      return { from, to, current, syncedAt: latestSync(books), trend }
    },
  }
}

/** Returns when any of the books was read last; null without one. */
export function latestSync(books: readonly Pick<StoredBook, 'syncedAt'>[]): EpochMs | null {
  return books.length === 0 ? null : Math.max(...books.map(({ syncedAt }) => syncedAt))
}
