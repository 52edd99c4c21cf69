import { createIdentityStore } from '../../../infra/database/identity/create-identity-store.ts'
import { createJournalStore } from '../../../infra/database/journal/create-journal-store.ts'
import { openDatabase } from '../../../infra/database/open-database.ts'
import { accountOf } from '../../../infra/database/testing/identity-context.ts'
import { createSqlitePlace, testEnvironment } from '../../../infra/database/testing/open-stores.ts'
import { createJournalModule } from '../index.ts'
import { createDayTradesInMemory } from './day-trades-in-memory.ts'
import { ist } from './entry-of.ts'

/** Opens a real journal on SQLite, with a clock the test turns and trades it puts. No patterns are known. */
export async function openTestJournal() {
  const place = await createSqlitePlace()
  const database = await openDatabase(place.options, testEnvironment)
  const { dayTrades, put } = createDayTradesInMemory()
  let now = ist('2026-03-12T11:42:07')
  const journal = createJournalModule({
    store: createJournalStore(database),
    patternsAt: async () => null,
    dayTrades,
    clock: { now: () => now },
  })
  return {
    journal,
    putTrades: put,
    turnTo(time: string) {
      now = ist(time)
    },
    async addAccount(): Promise<number> {
      const inserted = await createIdentityStore(database).atomically((tx) => tx.insertAccount(accountOf()))
      if ('taken' in inserted) throw new Error(`${inserted.taken} is taken.`)
      return inserted.id
    },
    async close() {
      await database.close()
      await place.remove()
    },
  }
}
