import type { InstrumentId } from '@banyan/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Watchlist } from '../../../modules/watchlists/index.ts'
import type { Database } from '../database.ts'
import { createIdentityStore } from '../identity/create-identity-store.ts'
import { openDatabase } from '../open-database.ts'
import { createWatchlistStore } from '../watchlists/create-watchlist-store.ts'
import { accountOf } from './identity-context.ts'
import { type TestPlace, testEnvironment } from './open-stores.ts'

interface Engine {
  readonly name: string
  readonly isAbsent: boolean
  createPlace(): Promise<TestPlace>
}

const listOf = (change: Partial<Watchlist> = {}): Watchlist => ({
  id: 'wl_1',
  name: "Asha's \u{1f600}",
  instruments: ['NSE:M&M', 'NSE:NIFTY 50'] as InstrumentId[],
  createdAt: 5,
  updatedAt: 5,
  ...change,
})

/** What the store of watchlists must do on each engine. */
export function describeWatchlistStore(engine: Engine): void {
  describe.skipIf(engine.isAbsent)(`watchlist store on ${engine.name}`, () => {
    let place: TestPlace
    let database: Database
    beforeAll(async () => {
      place = await engine.createPlace()
      database = await openDatabase(place.options, testEnvironment)
    })
    afterAll(async () => {
      await database.close()
      await place.remove()
    })

    async function arrive() {
      const identity = createIdentityStore(database)
      const inserted = await identity.atomically((tx) => tx.insertAccount(accountOf()))
      if ('taken' in inserted) throw new Error(`${inserted.taken} is taken.`)
      const leave = () => identity.atomically((tx) => tx.deleteAccount(inserted.id))
      return { store: createWatchlistStore(database), me: inserted.id, leave }
    }

    it('gives lists back as they were, oldest first, to their account alone', async () => {
      const { store, me } = await arrive()
      const other = await arrive()
      const [first, second] = [listOf({ id: 'wl_b', instruments: [] }), listOf({ id: 'wl_a', createdAt: 6 })]
      for (const one of [second, first]) expect(await store.add(me, one, 2)).toBe(true)
      expect(await store.list(me)).toEqual([first, second])
      expect(await store.list(other.me)).toEqual([])
      expect(await store.remove(other.me, 'wl_a')).toBe(false)
      expect(await store.change(other.me, 'wl_a', (one) => one)).toBeNull()
    })

    it('adds no more than there may be, also at once', async () => {
      const { store, me } = await arrive()
      const adding = Array.from({ length: 8 }, (_, i) => store.add(me, listOf({ id: `wl_${i}` }), 3))
      expect((await Promise.all(adding)).filter(Boolean)).toHaveLength(3)
      expect(await store.list(me)).toHaveLength(3)
    })

    it('changes and removes one', async () => {
      const { store, me } = await arrive()
      await store.add(me, listOf(), 9)
      const changed = listOf({ name: 'Other', updatedAt: 9 })
      expect(await store.change(me, 'wl_1', () => changed)).toEqual(changed)
      expect(await store.list(me)).toEqual([changed])
      expect([await store.remove(me, 'wl_1'), await store.remove(me, 'wl_1')]).toEqual([true, false])
    })

    it('forgets them with the account', async () => {
      const { store, me, leave } = await arrive()
      await store.add(me, listOf(), 9)
      await leave()
      expect(await store.list(me)).toEqual([])
    })
  })
}
