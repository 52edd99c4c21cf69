export type { Watchlist, WatchlistStore } from './watchlist-store.ts'
export {
  createWatchlistsModule,
  type WatchlistsModule,
  watchlistLimits,
} from './watchlists-module.ts'
