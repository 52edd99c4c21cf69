import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest'
import type { ImportTransaction } from '../../../modules/imports/index.ts'
import { createCandleStore } from '../candle-store.ts'
import { createInstrumentStore } from '../instrument-store.ts'
import { describeAdjustments } from './adjustments.suite.ts'
import { batchOf, dailyBars, day, factOf } from './candle-batches.ts'
import { describeCandles } from './candles.suite.ts'
import { describeInstruments } from './instruments.suite.ts'
import { type OpenStores, openStores, type TestPlace } from './open-stores.ts'
import { emptyTables, nseSource, type StoreContext } from './store-context.ts'
import { describeTransactions } from './transactions.suite.ts'

/** What every engine's stores must do. Each test starts on an empty store of this release's schema. */
export function describeStores(engine: string, isAbsent: boolean, createPlace: () => Promise<TestPlace>): void {
  describe.skipIf(isAbsent)(`stores on ${engine}`, () => {
    let place: TestPlace
    let stores: OpenStores
    let tx: ImportTransaction

    beforeAll(async () => {
      place = await createPlace()
      stores = await openStores(place)
    })
    beforeEach(async () => {
      tx = await stores.imports.begin()
    })
    afterEach(async () => {
      await tx.rollback()
      await emptyTables(stores)
    })
    afterAll(async () => {
      await stores.close()
      await place.remove()
    })

    const given: StoreContext = {
      get stores() {
        return stores
      },
      get tx() {
        return tx
      },
      set tx(next) {
        tx = next
      },
      instruments: () => createInstrumentStore(stores.database),
      candles: () => createCandleStore(stores.database),
      putDaily: (closes) => putDaily(tx, closes),
    }
    describeInstruments(given)
    describeCandles(given)
    describeAdjustments(given)
    describeTransactions(given)
  })
}

async function putDaily(tx: ImportTransaction, closes: readonly number[]) {
  const [key = 0] = await tx.putInstruments([factOf('TCS')])
  const sourceKey = await tx.putSource(nseSource)
  await tx.putCandles(batchOf(dailyBars(0, closes)), [key], sourceKey)
  return { instrumentKey: key, sourceKey, from: day(0), to: day(closes.length - 1) }
}
