import { afterAll, beforeAll, describe } from 'vitest'
import type { Database } from '../database.ts'
import { createIdentityStore } from '../identity/create-identity-store.ts'
import { createJournalStore } from '../journal/create-journal-store.ts'
import { openDatabase } from '../open-database.ts'
import { accountOf } from './identity-context.ts'
import { describeJournalStore } from './journal-store.suite.ts'
import { type TestPlace, testEnvironment } from './open-stores.ts'
import { emptyTables } from './store-context.ts'

interface Engine {
  readonly name: string
  readonly isAbsent: boolean
  createPlace(): Promise<TestPlace>
  /** How many processes' worth of stores work on one database. */
  readonly instances: number
}

export function describeJournalOn(engine: Engine): void {
  describe.skipIf(engine.isAbsent)(`journal store on ${engine.name}`, () => {
    let place: TestPlace
    const databases: Database[] = []
    beforeAll(async () => {
      place = await engine.createPlace()
      for (let n = 0; n < engine.instances; n++) databases.push(await openDatabase(place.options, testEnvironment))
    })
    afterAll(async () => {
      for (const database of databases) await database.close()
      await place.remove()
    })

    const first = (): Database => {
      const [database] = databases
      if (!database) throw new Error('No database was opened.')
      return database
    }
    describeJournalStore({
      get store() {
        return createJournalStore(first())
      },
      get instances() {
        return databases.map(createJournalStore)
      },
      async addAccount() {
        const inserted = await createIdentityStore(first()).atomically((tx) => tx.insertAccount(accountOf()))
        if ('taken' in inserted) throw new Error(`${inserted.taken} is taken.`)
        return inserted.id
      },
      removeAccount: (id) => createIdentityStore(first()).atomically((tx) => tx.deleteAccount(id)),
      empty: () => emptyTables({ database: first() }),
    })
  })
}
