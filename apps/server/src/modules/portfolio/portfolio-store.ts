import type { EpochMs, TradingDate } from '@banyan/domain'
import type { DayTrade } from './day-trades.ts'
import type { PnlSnapshot, StoredBook } from './stored-book.ts'

/** Where books and snapshots lie. Those of a deleted account go with it. */
export interface PortfolioStore {
  /** Returns the account's books, by broker and its account. */
  readBooks(accountId: number): Promise<readonly StoredBook[]>
  /** Returns the snapshots of `[from, to]`, ascending. */
  readSnapshots(accountId: number, from: TradingDate, to: TradingDate): Promise<readonly PnlSnapshot[]>
  /**
   * Puts a book in place of the one of the same broker and account, and the snapshot that all books then make in place of the one of its date:
   * both or neither. What the book tells of its day's trading is kept for some weeks, in place of what it told of that day before.
   * Throws `session_revoked` when the account is gone.
   */
  replaceBook(
    accountId: number,
    book: StoredBook,
    snapshotOf: (books: readonly StoredBook[]) => PnlSnapshot,
  ): Promise<PnlSnapshot>
  /** Returns the trading of days from `since` on, as far back as it is kept, oldest first. */
  readDayTrades(accountId: number, since: TradingDate): Promise<readonly DayTrade[]>
  /** Removes everything of the account and returns how many rows there were. */
  remove(accountId: number): Promise<RemovedPortfolio>
  /** Holds the account's place for one sync until it is freed or `until`; false while another sync has it. On all instances. */
  beginSync(accountId: number, now: EpochMs, until: EpochMs): Promise<boolean>
  /** Frees the place that was taken `until` then; not one that another sync took after it. */
  endSync(accountId: number, until: EpochMs): Promise<void>
}

export interface RemovedPortfolio {
  readonly holdings: number
  readonly positions: number
  readonly pnlSnapshots: number
  readonly trades: number
}
