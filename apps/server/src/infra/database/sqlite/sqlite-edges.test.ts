import { describeEdgesOn } from '../testing/edge-store-engine.suite.ts'
import { createSqlitePlace } from '../testing/open-stores.ts'

describeEdgesOn('SQLite', false, createSqlitePlace)
