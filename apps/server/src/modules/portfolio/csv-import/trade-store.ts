import type { Trade } from './trade.ts'

/** Where trades lie. Those of a deleted account go with it, and `PortfolioStore.remove` erases them with the rest. */
export interface TradeStore {
  /**
   * Adds the trades whose id is not there yet in their broker account, all in one transaction, and returns how many that were.
   * Throws `session_revoked` when the account is gone.
   */
  add(accountId: number, trades: readonly Trade[]): Promise<number>
  /** Returns how many of the trades are there already. */
  countKnown(accountId: number, trades: readonly Trade[]): Promise<number>
  /** Returns all trades a page at a time, by broker, its account, date and id. */
  readAll(accountId: number): AsyncIterable<readonly Trade[]>
}
