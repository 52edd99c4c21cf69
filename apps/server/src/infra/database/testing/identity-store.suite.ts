import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import type { Database } from '../database.ts'
import { createIdentityStore } from '../identity/create-identity-store.ts'
import { openDatabase } from '../open-database.ts'
import { describeAccounts } from './identity-accounts.suite.ts'
import { describeApplications } from './identity-applications.suite.ts'
import { describeAudit } from './identity-audit.suite.ts'
import { accountOf, type IdentityContext, write } from './identity-context.ts'
import { describeFactors } from './identity-factors.suite.ts'
import { describeGuesses } from './identity-guesses.suite.ts'
import { describePurge } from './identity-purge.suite.ts'
import { describeSessions } from './identity-sessions.suite.ts'
import { describeSteps } from './identity-steps.suite.ts'
import { describeIdentityTransactions } from './identity-transactions.suite.ts'
import { type TestPlace, testEnvironment } from './open-stores.ts'
import { emptyTables } from './store-context.ts'

interface Engine {
  readonly name: string
  readonly isAbsent: boolean
  createPlace(): Promise<TestPlace>
  /** How many processes' worth of stores work on one database. */
  readonly instances: number
}

/** What the identity store must do on every engine. Each test starts on an empty store of this release's schema. */
export function describeIdentityStore(engine: Engine): void {
  describe.skipIf(engine.isAbsent)(`identity store on ${engine.name}`, () => {
    let place: TestPlace
    const databases: Database[] = []

    beforeAll(async () => {
      place = await engine.createPlace()
      for (let n = 0; n < engine.instances; n++) databases.push(await openDatabase(place.options, testEnvironment))
    })
    afterEach(() => emptyTables({ database: first() }))
    afterAll(async () => {
      for (const database of databases) await database.close()
      await place.remove()
    })

    const first = (): Database => {
      const [database] = databases
      if (!database) throw new Error('No database was opened.')
      return database
    }
    const given: IdentityContext = {
      get database() {
        return first()
      },
      get store() {
        return createIdentityStore(first())
      },
      get instances() {
        return databases.map(createIdentityStore)
      },
      async addAccount(told) {
        const inserted = await write(given, (tx) => tx.insertAccount(accountOf(told)))
        if ('taken' in inserted) throw new Error(`${inserted.taken} is taken.`)
        return inserted.id
      },
    }
    describeAccounts(given)
    describeSessions(given)
    describeApplications(given)
    describeFactors(given)
    describeSteps(given)
    describeGuesses(given)
    describeAudit(given)
    describePurge(given)
    describeIdentityTransactions(given)
  })
}
