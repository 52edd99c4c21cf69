import { parseDecimal } from '@banyan/domain'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tradeOf } from '../../../modules/portfolio/csv-import/testing/trade-of.ts'
import type { Trade, TradeStore } from '../../../modules/portfolio/index.ts'
import type { Database } from '../database.ts'
import { createIdentityStore } from '../identity/create-identity-store.ts'
import { openDatabase } from '../open-database.ts'
import { createPortfolioStore } from '../portfolio/create-portfolio-store.ts'
import { createTradeStore } from '../portfolio/trades-store.ts'
import { accountOf } from './identity-context.ts'
import { type TestPlace, testEnvironment } from './open-stores.ts'

interface Engine {
  readonly name: string
  readonly isAbsent: boolean
  createPlace(): Promise<TestPlace>
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value))

async function allOf(store: TradeStore, accountId: number): Promise<readonly Trade[]> {
  const trades: Trade[] = []
  for await (const page of store.readAll(accountId)) trades.push(...page)
  return trades
}

/** What the store of trades must do on each engine. */
export function describeTradeStore(engine: Engine): void {
  describe.skipIf(engine.isAbsent)(`trade store on ${engine.name}`, () => {
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
      return { store: createTradeStore(database), me: inserted.id, leave }
    }

    it('gives trades back to the last digit, in their order, to their account alone', async () => {
      const { store, me } = await arrive()
      const other = await arrive()
      const full = tradeOf({
        id: 'b',
        date: '2026-03-10',
        executedAt: 1_773_117_902_000,
        exchange: 'BSE',
        symbol: 'SOME FUND - GROWTH',
        mapped: false,
        isin: 'INE467B01029',
        side: 'sell',
        quantity: parseDecimal('0.000001') ?? tradeOf().quantity,
        price: parseDecimal('999999999.123456') ?? tradeOf().price,
        tradeId: '70012345',
      })
      const [first, last] = [tradeOf({ id: 'z', broker: 'icici' }), tradeOf({ id: 'a' })]
      expect(await store.add(me, [last, full, first])).toBe(3)
      expect(plain(await allOf(store, me))).toEqual(plain([first, full, last]))
      expect(await allOf(store, other.me)).toEqual([])
    })

    it('has each trade once, whatever is added how often', async () => {
      const ids = fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 20 }), { maxLength: 5 })
      const { store, me } = await arrive()
      let run = 0
      await fc.assert(
        fc.asyncProperty(ids, async (files) => {
          const brokerAccount = `run ${++run}`
          const known = new Set<number>()
          for (const file of files) {
            const trades = file.map((n) => tradeOf({ id: `t${n}`, brokerAccount }))
            const fresh = new Set(file.filter((n) => !known.has(n))).size
            expect(await store.countKnown(me, trades)).toBe(new Set(file.filter((n) => known.has(n))).size)
            expect(await store.add(me, trades)).toBe(fresh)
            for (const n of file) known.add(n)
          }
          const stored = (await allOf(store, me)).filter((trade) => trade.brokerAccount === brokerAccount)
          expect(stored).toHaveLength(known.size)
        }),
        { numRuns: 15 },
      )
    })

    it('keeps accounts at brokers apart, and what was there as it is', async () => {
      const { store, me } = await arrive()
      await store.add(me, [tradeOf()])
      const twin = tradeOf({ brokerAccount: 'X' })
      const changed = tradeOf({ symbol: 'INFY' })
      expect(await store.countKnown(me, [twin, changed])).toBe(1)
      expect(await store.add(me, [twin, changed])).toBe(1)
      expect((await allOf(store, me)).map(({ brokerAccount, symbol }) => [brokerAccount, symbol])).toEqual([
        ['AB1234', 'TCS'],
        ['X', 'TCS'],
      ])
    })

    it('reads more than a page', async () => {
      const { store, me } = await arrive()
      const trades = Array.from({ length: 5_001 }, (_, n) => tradeOf({ id: String(n).padStart(5, '0') }))
      expect(await store.add(me, trades)).toBe(5_001)
      expect(await store.countKnown(me, trades)).toBe(5_001)
      expect((await allOf(store, me)).map(({ id }) => id)).toEqual(trades.map(({ id }) => id))
    })

    it('adds all of a file or nothing', async () => {
      const { store, me } = await arrive()
      const good = Array.from({ length: 600 }, (_, n) => tradeOf({ id: `t${n}` }))
      const bad = { ...tradeOf({ id: 'bad' }), symbol: null as unknown as string }
      await expect(store.add(me, [...good, bad])).rejects.toThrow()
      expect(await allOf(store, me)).toEqual([])
    })

    it('is emptied with the portfolio and with the account', async () => {
      const { store, me, leave } = await arrive()
      const other = await arrive()
      await store.add(me, [tradeOf()])
      await other.store.add(other.me, [tradeOf()])
      expect(await createPortfolioStore(database).remove(me)).toMatchObject({ trades: 1 })
      expect(await allOf(store, me)).toEqual([])
      await store.add(me, [tradeOf()])
      await leave()
      expect(await allOf(store, me)).toEqual([])
      await expect(store.add(me, [tradeOf()])).rejects.toMatchObject({ code: 'session_revoked' })
      expect(await allOf(other.store, other.me)).toHaveLength(1)
    })
  })
}
