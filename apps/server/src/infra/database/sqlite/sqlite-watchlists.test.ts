import { createSqlitePlace } from '../testing/open-stores.ts'
import { describeWatchlistStore } from '../testing/watchlist-store.suite.ts'

describeWatchlistStore({ name: 'SQLite', isAbsent: false, createPlace: createSqlitePlace })
