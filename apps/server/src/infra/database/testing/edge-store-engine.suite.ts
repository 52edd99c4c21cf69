import { afterAll, beforeAll, describe } from 'vitest'
import { createEdgeStore } from '../analysis/edge-store.ts'
import type { Database } from '../database.ts'
import { openDatabase } from '../open-database.ts'
import { describeEdgeStore } from './edge-store.suite.ts'
import { type TestPlace, testEnvironment } from './open-stores.ts'
import { emptyTables } from './store-context.ts'

export function describeEdgesOn(engine: string, isAbsent: boolean, createPlace: () => Promise<TestPlace>): void {
  describe.skipIf(isAbsent)(`on ${engine}`, () => {
    let place: TestPlace
    let database: Database
    beforeAll(async () => {
      place = await createPlace()
      database = await openDatabase(place.options, testEnvironment)
    })
    afterAll(async () => {
      await database.close()
      await place.remove()
    })
    describeEdgeStore({
      get store() {
        return createEdgeStore(database)
      },
      empty: () => emptyTables({ database }),
    })
  })
}
