import type { Clock } from '@banyan/domain'
import type { Database } from '../infra/database/database.ts'
import { createJournalStore } from '../infra/database/journal/create-journal-store.ts'
import { createJournalModule, type DayTrades, type JournalModule } from '../modules/journal/index.ts'
import { createPatternsAtEntry, type PatternsAtEntryParts } from './patterns-at-entry.ts'

export interface OpenJournalParts extends PatternsAtEntryParts {
  readonly database: Database
  /** The wall clock. */
  readonly clock: Clock
  readonly dayTrades: DayTrades
}

/** Builds the module over the database and the pattern engine. */
export function openJournal(parts: OpenJournalParts): JournalModule {
  const { database, clock, dayTrades } = parts
  const store = createJournalStore(database)
  return createJournalModule({ store, patternsAt: createPatternsAtEntry(parts), dayTrades, clock })
}
