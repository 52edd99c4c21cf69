import { createSqlitePlace } from '../testing/open-stores.ts'
import { describePortfolioStore } from '../testing/portfolio-store.suite.ts'

describePortfolioStore({ name: 'SQLite', isAbsent: false, createPlace: createSqlitePlace })
