import { createSqlitePlace } from '../testing/open-stores.ts'
import { describeTradeStore } from '../testing/trades-store.suite.ts'

describeTradeStore({ name: 'SQLite', isAbsent: false, createPlace: createSqlitePlace })
