import type { InstrumentId, TradingCalendar } from '@banyan/domain'
import { createCandleStore } from '../infra/database/candle-store.ts'
import type { DatabaseOptions } from '../infra/database/database.ts'
import { createInstrumentStore } from '../infra/database/instrument-store.ts'
import type { DatabaseReads } from '../infra/database/open-reads.ts'
import type { OpenReader } from '../modules/analysis/index.ts'
import { type CandleCache, createCandlesModule } from '../modules/candles/index.ts'
import type { StoredInstrument } from '../modules/instruments/index.ts'

/** What an analysis worker is started with. */
export interface AnalysisWorkerData {
  readonly database: DatabaseOptions
  /** The project's calendar file and the operator's. */
  readonly calendarFiles: readonly [project: string, operator: string]
}

/** Returns readers over a connection of one's own: candles as the candles module serves them, at the moment the job says. */
export function createOpenReader(reads: DatabaseReads, calendar: TradingCalendar): OpenReader {
  const store = createCandleStore(reads)
  const instruments = createKnownInstruments(reads)
  return ({ mode, recordedDate, now }) => {
    const marketClock = { mode, recordedDate, now: () => now, wallTimeOf: (instant: number) => instant }
    const cache = createOneInstrumentCache()
    const candles = createCandlesModule({ store, instruments, calendar, marketClock, cache })
    return {
      calendar,
      candles: {
        async getCandles(query) {
          cache.turnTo(query.instrument)
          await instruments.learn(query.instrument)
          return candles.getCandles(query)
        },
      },
    }
  }
}

/** A search reads instrument by instrument, all timeframes of each: what it has read is kept until it turns to the next. */
function createOneInstrumentCache(): CandleCache & { turnTo(instrument: InstrumentId): void } {
  const kept = new Map<string, Promise<unknown>>()
  let current: InstrumentId | null = null
  return {
    turnTo(instrument) {
      if (instrument !== current) kept.clear()
      current = instrument
    },
    getOrSet<T>(key: string, _life: unknown, load: () => Promise<T>) {
      const known = (kept.get(key) as Promise<T> | undefined) ?? load()
      kept.set(key, known)
      return known
    },
    async remove(keys) {
      for (const key of keys) kept.delete(key)
    },
  }
}

/** Keys last as long as the database, so a list is read again only for an instrument that is not on it. */
function createKnownInstruments(reads: DatabaseReads) {
  const store = createInstrumentStore(reads)
  const known = new Map<InstrumentId, StoredInstrument>()
  return {
    find: (id: InstrumentId) => known.get(id) ?? null,
    async learn(id: InstrumentId) {
      if (known.has(id)) return
      for (const each of await store.listInstruments()) known.set(each.id, each)
    },
  }
}
