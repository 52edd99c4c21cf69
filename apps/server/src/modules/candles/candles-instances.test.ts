import { createTradingCalendar, instrumentId, istMidnight, type MarketClock } from '@banyan/domain'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { createCache } from '../../infra/cache/cache.ts'
import { findTestRedis } from '../../infra/cache/testing/test-redis.ts'
import { createSystemClock } from '../../infra/clock.ts'
import { createCandleStore } from '../../infra/database/candle-store.ts'
import { createInstrumentStore } from '../../infra/database/instrument-store.ts'
import { batchOf, dailyBars, factOf, fileOf } from '../../infra/database/testing/candle-batches.ts'
import { createSqlitePlace, openStores } from '../../infra/database/testing/open-stores.ts'
import { createInstrumentsModule } from '../instruments/index.ts'
import { createCandlesModule } from './index.ts'

const redis = await findTestRedis(process.env)
const calendar = createTradingCalendar({
  version: 'test',
  knownFrom: '2020-01-01',
  knownTo: '2030-12-31',
  hours: [],
  closed: [],
  special: [],
  reopened: [],
})
const now = istMidnight('2026-01-01')
const marketClock: MarketClock = { mode: 'live', recordedDate: null, now: () => now, wallTimeOf: (instant) => instant }
const tcs = instrumentId('NSE', 'TCS')

afterAll(() => redis.drop())

describe('candles of two instances', () => {
  it.skipIf(redis.isMissing)(
    'are the same and read once, and an import seen by one is soon seen by the other',
    async () => {
      const place = await createSqlitePlace()
      const stores = await openStores(place)
      const put = async (closes: readonly number[]) => {
        const tx = await stores.imports.begin()
        const keys = await tx.putInstruments([factOf('TCS')])
        await tx.putCandles(batchOf(dailyBars(0, closes)), keys, await tx.putSource({ id: 'nse', rank: 1, note: null }))
        await tx.commit(fileOf({ sha256: String(closes.length).padEnd(64, 'a') }))
        return keys
      }
      const keys = await put([100, 101, 102])
      const instruments = createInstrumentsModule({ store: createInstrumentStore(stores.database) })
      await instruments.refresh()
      const store = createCandleStore(stores.database)
      const reads = vi.spyOn(store, 'readCandles')
      const prefix = redis.ownPrefix()
      const caches = [1, 2].map(() => createCache({ clock: createSystemClock(), redisUrl: redis.url, prefix }))
      for (const cache of caches)
        await vi.waitFor(async () => expect((await cache.statistics()).l2.connected).toBe(true), { interval: 20 })
      const [a, b] = caches.map((cache) => createCandlesModule({ store, instruments, calendar, marketClock, cache }))
      const closes = async (module = a) => {
        const page = await module?.getCandles({
          instrument: tcs,
          interval: 'day',
          from: null,
          to: null,
          adjusted: true,
          limit: 10,
        })
        return Array.from(page?.series.close ?? [])
      }
      expect(await closes(a)).toEqual([100, 101, 102])
      expect(await closes(b)).toEqual([100, 101, 102])
      expect(reads).toHaveBeenCalledTimes(1)
      await put([100, 101, 102, 103])
      expect(await closes(b)).toEqual([100, 101, 102])
      await a?.invalidate(keys)
      expect(await closes(a)).toEqual([100, 101, 102, 103])
      await vi.waitFor(async () => expect(await closes(b)).toEqual([100, 101, 102, 103]), { interval: 20 })
      for (const cache of caches) await cache.close()
      await stores.close()
      await place.remove()
    },
  )
})
