import type { EpochMs, TradingDate } from '@banyan/domain'
import type { PnlSnapshot, StoredBook } from './stored-book.ts'

/** Where books and snapshots lie. Those of a deleted account go with it. */
export interface PortfolioStore {
  /** Returns the account's books, by broker and its account. */
  readBooks(accountId: number): Promise<readonly StoredBook[]>
  /** Returns the snapshots of `[from, to]`, ascending. */
  readSnapshots(accountId: number, from: TradingDate, to: TradingDate): Promise<readonly PnlSnapshot[]>
  /**
   * Puts a book in place of the one of the same broker and account, and the snapshot that all books then make in place of the one of its date:
   * both or neither.
   */
  replaceBook(
    accountId: number,
    book: StoredBook,
    snapshotOf: (books: readonly StoredBook[]) => PnlSnapshot,
  ): Promise<PnlSnapshot>
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
}
