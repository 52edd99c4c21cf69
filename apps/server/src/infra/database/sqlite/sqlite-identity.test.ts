import { describeIdentityStore } from '../testing/identity-store.suite.ts'
import { createSqlitePlace } from '../testing/open-stores.ts'

// One process holds the data folder, so there is one instance.
describeIdentityStore({ name: 'SQLite', isAbsent: false, createPlace: createSqlitePlace, instances: 1 })
