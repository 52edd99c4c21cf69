import {
  type Adjustment,
  addDays,
  type CandleSeries,
  type EpochMs,
  instrumentId,
  istMidnight,
  parseTimestamp,
  sliceCandles,
} from '@banyan/domain'
import { createInstrumentStore } from '../../../infra/database/instrument-store.ts'
import { openReads } from '../../../infra/database/open-reads.ts'
import { batchOf, factOf, fileOf } from '../../../infra/database/testing/candle-batches.ts'
import { openStores, type TestPlace } from '../../../infra/database/testing/open-stores.ts'
import { createOpenReader } from '../../../startup/analysis-reader.ts'
import { createInstrumentsModule } from '../../instruments/index.ts'
import { testCalendar } from '../../market/testing/create-test-market.ts'
import { type AnalysisWorkers, createAnalysisModule, createEdgeRules, type EdgeStore } from '../index.ts'
import { createInProcessWorkers } from './in-process-workers.ts'

/** What one invented share has in the database. */
export interface RecordedShare {
  readonly symbol: string
  readonly days: CandleSeries
  readonly minutes?: CandleSeries
  readonly adjustments?: readonly Adjustment[]
}

export const ist = (text: string): EpochMs => parseTimestamp(`${text}+05:30`) ?? Number.NaN
export const share = (symbol: string) => instrumentId('NSE', symbol)

/** Returns the trading days up to a date, the last of them included, oldest first. */
export function tradingDaysUntil(last: string, count: number): readonly string[] {
  const dates: string[] = []
  for (let date = last; dates.length < count; date = addDays(date, -1))
    if (testCalendar.isTradingDay(date)) dates.push(date)
  return dates.toReversed()
}

/** Returns the walk as days that end on the date. */
export function asDays(walk: CandleSeries, last: string): CandleSeries {
  return { ...walk, time: Float64Array.from(tradingDaysUntil(last, walk.time.length), (date) => istMidnight(date)) }
}

/** Returns the walk as 5-minute bars of the dates, 75 each. */
export function asMinutes(walk: CandleSeries, dates: readonly string[]): CandleSeries {
  const times = dates.flatMap((date) => Array.from({ length: 75 }, (_, i) => ist(`${date}T09:15:00`) + i * 5 * 60_000))
  return { ...sliceCandles(walk, 0, times.length), time: Float64Array.from(times) }
}

/** Writes the shares into a database of their own and opens the module over it, its jobs done on this thread. */
export async function openRecordedShares(place: TestPlace, shares: readonly RecordedShare[], store: EdgeStore) {
  const stores = await openStores(place)
  const put = async (added: readonly RecordedShare[]) => {
    const tx = await stores.imports.begin()
    const sourceKey = await tx.putSource({ id: 'test', rank: 10, note: null })
    const keys = await tx.putInstruments(added.map(({ symbol }) => factOf(symbol)))
    for (const [i, { days, minutes, adjustments = [] }] of added.entries()) {
      const instrumentKey = keys[i] ?? 0
      await tx.putAdjustments(adjustments.map((adjustment) => ({ instrumentKey, sourceKey, adjustment })))
      await tx.putCandles(toBatch(days, 'day'), [instrumentKey], sourceKey)
      if (minutes) await tx.putCandles(toBatch(minutes, '5minute'), [instrumentKey], sourceKey)
    }
    await tx.recordSuspectJumps(keys.map((instrumentKey) => ({ instrumentKey, sourceKey, from: 0, to: 4e12 })))
    await tx.commit(
      fileOf({
        sha256: added
          .map(({ symbol }) => symbol)
          .join('')
          .padEnd(64, '0'),
      }),
    )
  }
  await put(shares)
  const instruments = createInstrumentsModule({ store: createInstrumentStore(stores.database) })
  await instruments.refresh()
  const reads = openReads(place.options, (error) => {
    throw error
  })
  const workers = createInProcessWorkers(createOpenReader(reads, testCalendar))
  let now = ist('2021-06-09T11:00:30')
  const marketClock = {
    mode: 'replay' as const,
    recordedDate: '2021-06-09',
    now: () => now,
    wallTimeOf: (instant: number) => instant,
  }
  const open = (edges: EdgeStore, threads: AnalysisWorkers = workers, priorWeight = 50) =>
    createAnalysisModule({
      workers: threads,
      store: edges,
      instruments,
      calendar: testCalendar,
      marketClock,
      rules: createEdgeRules(priorWeight),
    })
  return {
    analysis: open(store),
    /** Opens the module anew over another store, as after a restart. */
    open,
    workers,
    instruments,
    put,
    turnTo(time: string) {
      now = ist(time)
    },
    async close() {
      await reads.close()
      await stores.close()
      await place.remove()
    },
  }
}

export type RecordedShares = Awaited<ReturnType<typeof openRecordedShares>>

function toBatch(series: CandleSeries, interval: 'day' | '5minute') {
  const bars = Array.from(series.time, (time) => ({ instrument: 0, time, close: 1 }))
  return { ...batchOf(bars, interval), ...series }
}
