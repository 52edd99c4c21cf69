import { describeJournalOn } from '../testing/journal-store-engine.suite.ts'
import { createSqlitePlace } from '../testing/open-stores.ts'

describeJournalOn({ name: 'SQLite', isAbsent: false, createPlace: createSqlitePlace, instances: 1 })
