import type { EpochMs, InstrumentId } from '@banyan/domain'

/** Instruments somebody keeps an eye on, under a name. */
export interface Watchlist {
  /** `wl_` and 16 characters. */
  readonly id: string
  readonly name: string
  /** In the order the person gave; each once. */
  readonly instruments: readonly InstrumentId[]
  readonly createdAt: EpochMs
  readonly updatedAt: EpochMs
}

/** Where watchlists lie. Those of a deleted account go with it. */
export interface WatchlistStore {
  /** Returns the account's lists, oldest first. */
  list(accountId: number): Promise<readonly Watchlist[]>
  /** Adds a list unless the account has `most` already; returns whether it did. */
  add(accountId: number, watchlist: Watchlist, most: number): Promise<boolean>
  /** Replaces a list by what `change` makes of it and returns that; null when the account has no such list. */
  change(accountId: number, id: string, change: (watchlist: Watchlist) => Watchlist): Promise<Watchlist | null>
  /** Returns whether there was such a list. */
  remove(accountId: number, id: string): Promise<boolean>
}
