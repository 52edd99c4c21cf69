import { setImmediate as nextTurn } from 'node:timers/promises'
import { decimalOf, parseDecimal } from '@banyan/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PnlSnapshot, StoredBook } from '../../../modules/portfolio/index.ts'
import { bookOf, holdingOf, positionOf } from '../../../modules/portfolio/testing/book-of.ts'
import type { Database } from '../database.ts'
import { createIdentityStore } from '../identity/create-identity-store.ts'
import { openDatabase } from '../open-database.ts'
import { createPortfolioStore } from '../portfolio/create-portfolio-store.ts'
import { accountOf } from './identity-context.ts'
import { type TestPlace, testEnvironment } from './open-stores.ts'

interface Engine {
  readonly name: string
  readonly isAbsent: boolean
  createPlace(): Promise<TestPlace>
}

const snapshot = (date: string, change: Partial<PnlSnapshot> = {}): PnlSnapshot => ({
  date,
  invested: parseDecimal('14000.10'),
  currentValue: decimalOf(15_012),
  holdingsPnl: parseDecimal('-1011.9000001'),
  positionsPnl: decimalOf(0),
  totalPnl: null,
  dayPnl: null,
  unpricedCount: 2,
  staleBrokers: ['icici', 'zerodha'],
  ...change,
})
const plain = (value: unknown) => JSON.parse(JSON.stringify(value))

/** What the store of portfolios must do on each engine. */
export function describePortfolioStore(engine: Engine): void {
  describe.skipIf(engine.isAbsent)(`portfolio store on ${engine.name}`, () => {
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
      const store = createPortfolioStore(database)
      const put = (book: StoredBook, made = snapshot('2026-03-12')) => store.replaceBook(inserted.id, book, () => made)
      const leave = () => identity.atomically((tx) => tx.deleteAccount(inserted.id))
      return { store, me: inserted.id, put, leave }
    }

    it('gives each book as one reading brought it, while others come in', async () => {
      const { store, me, put } = await arrive()
      let isPutting = true
      const readings = async () => {
        while (isPutting) {
          await nextTurn() // SQLite answers at once, and would never let a book in
          for (const { syncedAt, holdings, positions } of await store.readBooks(me)) {
            expect(holdings.map(({ symbol }) => symbol)).toEqual(Array(1 + (syncedAt % 3)).fill(`S${syncedAt}`))
            expect(positions.map(({ symbol }) => symbol)).toEqual([`S${syncedAt}`])
          }
        }
      }
      const reading = Promise.allSettled([readings(), readings()])
      for (let n = 1; n <= 60; n++) {
        const holdings = Array.from({ length: 1 + (n % 3) }, () => holdingOf(`S${n}`, '1', '1'))
        await put(bookOf({ syncedAt: n, holdings, positions: [positionOf(`S${n}`, '1')] }))
      }
      isPutting = false
      for (const one of await reading) expect(one).toEqual({ status: 'fulfilled', value: undefined })
      expect((await store.readBooks(me))[0]?.syncedAt).toBe(60)
    })

    it('gives books back to the last digit, in their order, to their account alone', async () => {
      const { store, me, put } = await arrive()
      const other = await arrive()
      const full = bookOf({
        brokerAccount: 'AB1234',
        holdings: [
          holdingOf('M&M', '0.000001', '801.78125', { t1Quantity: decimalOf(5), isin: 'INE101A01026', product: 'MTF' }),
          holdingOf('ODDCOD', '123456789012345678', null, { mapped: false, exchange: 'BSE' }),
        ],
        positions: [
          positionOf('NIFTY26MARFUT', '-75', {
            exchange: 'NFO',
            multiplier: decimalOf(100),
            pnl: parseDecimal('-0.05'),
          }),
          positionOf('TCS', '0', { type: 'day', realised: decimalOf(40), overnightQuantity: decimalOf(3) }),
        ],
      })
      const empty = bookOf({ broker: 'icici', brokerAccount: 'X' })
      await put(full)
      await put(empty)
      expect(plain(await store.readBooks(me))).toEqual(plain([empty, full]))
      expect(await store.readBooks(other.me)).toEqual([])
    })

    it('replaces one book whole and leaves the others alone', async () => {
      const { store, me, put } = await arrive()
      const [one, two] = [
        bookOf({ brokerAccount: 'A', holdings: [holdingOf('TCS', '1', '2')] }),
        bookOf({ brokerAccount: 'B' }),
      ]
      await put(one)
      await put(two)
      const anew = { ...one, syncedAt: one.syncedAt + 1, holdings: [], positions: [positionOf('TCS', '1')] }
      await put(anew)
      expect(plain(await store.readBooks(me))).toEqual(plain([anew, two]))
    })

    it('keeps what the broker told of the day when a file replaces its book', async () => {
      const { store, me, put } = await arrive()
      await put(bookOf({ positions: [positionOf('TCS', '1', { type: 'day' })] }))
      const ofFile = bookOf({ source: 'csv', holdings: [holdingOf('TCS', '1', '2')] })
      await put(ofFile)
      expect(plain(await store.readBooks(me))).toEqual(plain([ofFile]))
      expect(await store.readDayTrades(me, '2026-03-12')).toMatchObject([{ symbol: 'TCS' }])
    })

    it('stores nothing when the snapshot cannot be made', async () => {
      const { store, me, put } = await arrive()
      await put(bookOf({ holdings: [holdingOf('TCS', '1', '2')] }))
      const before = plain(await store.readBooks(me))
      const failing = store.replaceBook(me, bookOf({ holdings: [] }), () => {
        throw new Error('no figures')
      })
      await expect(failing).rejects.toThrow('no figures')
      expect(plain(await store.readBooks(me))).toEqual(before)
    })

    it('has one snapshot a day, the last, of all books as they are then', async () => {
      const { store, me, put } = await arrive()
      await put(bookOf({ broker: 'icici' }), snapshot('2026-03-11', { staleBrokers: [] }))
      await put(bookOf({}), snapshot('2026-03-12'))
      let seen = 0
      const later = snapshot('2026-03-12', { invested: null, unpricedCount: 0 })
      await store.replaceBook(me, bookOf({}), (books) => {
        seen = books.length
        return later
      })
      expect(seen).toBe(2)
      const stored = await store.readSnapshots(me, '2026-03-01', '2026-03-12')
      expect(plain(stored)).toEqual(plain([snapshot('2026-03-11', { staleBrokers: [] }), later]))
      expect((await store.readSnapshots(me, '2026-03-12', '2026-03-12')).map(({ date }) => date)).toEqual([
        '2026-03-12',
      ])
    })

    it('lets one sync of an account run at a time, until it ends or its time is over', async () => {
      const { store, me } = await arrive()
      const begun = await Promise.all(Array.from({ length: 5 }, () => store.beginSync(me, 1_000, 2_000)))
      expect(begun.filter(Boolean)).toHaveLength(1)
      expect(await store.beginSync(me, 1_999, 9_000)).toBe(false)
      expect(await store.beginSync(me, 2_000, 3_000)).toBe(true)
      await store.endSync(me, 2_000) // the one before, which took too long
      expect(await store.beginSync(me, 2_000, 3_000)).toBe(false)
      await store.endSync(me, 3_000)
      expect(await store.beginSync(me, 2_000, 3_000)).toBe(true)
    })

    it('erases everything of one account and counts it, twice without harm', async () => {
      const { store, me, put } = await arrive()
      const other = await arrive()
      const book = bookOf({
        holdings: [holdingOf('TCS', '1', '2')],
        positions: [positionOf('TCS', '1'), positionOf('TCS', '2')],
      })
      await put(book)
      await other.put(book)
      expect(await store.remove(me)).toEqual({ holdings: 1, positions: 2, pnlSnapshots: 1, trades: 0 })
      expect(await store.remove(me)).toEqual({ holdings: 0, positions: 0, pnlSnapshots: 0, trades: 0 })
      expect([await store.readBooks(me), await store.readSnapshots(me, '2000-01-01', '2100-01-01')]).toEqual([[], []])
      expect(await store.readBooks(other.me)).toHaveLength(1)
    })

    it('forgets everything with the account', async () => {
      const { store, me, put, leave } = await arrive()
      await put(bookOf({ holdings: [holdingOf('TCS', '1', '2')] }))
      await store.beginSync(me, 1, 2)
      await leave()
      await expect(put(bookOf({}))).rejects.toMatchObject({ code: 'session_revoked' })
      expect([await store.readBooks(me), await store.readSnapshots(me, '2000-01-01', '2100-01-01')]).toEqual([[], []])
    })
  })
}
