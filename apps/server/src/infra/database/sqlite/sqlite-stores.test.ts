import { createSqlitePlace } from '../testing/open-stores.ts'
import { describeStores } from '../testing/stores.suite.ts'

describeStores('SQLite', false, createSqlitePlace)
