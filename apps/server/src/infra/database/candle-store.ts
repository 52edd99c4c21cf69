import {
  type Adjustment,
  type CandleSeries,
  createCandleSeries,
  type EpochMs,
  type StoredInterval,
  storedIntervals,
} from '@banyan/domain'
import type { CandleStore, SeriesExtent } from '../../modules/candles/index.ts'
import type { DatabaseReads } from './open-reads.ts'
import { everySource } from './schema.ts'

/** Creates the candle store; everything is read, on the reading side of the database. */
export function createCandleStore(database: DatabaseReads): CandleStore {
  return {
    listExtents: (instrumentKey) => listExtents(database, instrumentKey),
    readCandles: (query) => readCandles(database, query),
    listAdjustments: (instrumentKey, sourceKey) => listAdjustments(database, instrumentKey, sourceKey),
    async listAdjustmentsAfter(date) {
      const rows = await database.reader
        .selectFrom('adjustments')
        .select(['instrument_key as instrumentKey', 'ex_date as exDate', 'factor', 'kind', 'source'])
        .where('ex_date', '>', date)
        .orderBy('ex_date')
        .orderBy('source_key')
        .execute()
      return rows.map((row) => ({ ...row, kind: row.kind as Adjustment['kind'] }))
    },
    listKeysWithBar: (interval, time) => listKeysWithBar(database, interval, time),
    async listSuspectJumps(instrumentKey, sourceKey) {
      return database.reader
        .selectFrom('suspect_jumps')
        .select(['ts as time', 'previous_close as previousClose', 'close'])
        .where('instrument_key', '=', instrumentKey)
        .where('source_key', '=', sourceKey)
        .orderBy('ts')
        .execute()
    },
  }
}

async function listExtents(database: DatabaseReads, instrumentKey: number): Promise<readonly SeriesExtent[]> {
  const intervals = Object.keys(storedIntervals) as StoredInterval[]
  const extents = await Promise.all(intervals.map((interval) => listExtentsOf(database, instrumentKey, interval)))
  return extents.flat().sort((a, b) => a.source.rank - b.source.rank || a.source.key - b.source.key)
}

/** Asks for each source's ends apart: either is one step into the key, while grouping would read every bar. */
async function listExtentsOf(
  { reader }: DatabaseReads,
  instrumentKey: number,
  interval: StoredInterval,
): Promise<readonly SeriesExtent[]> {
  const rows = await reader
    .selectFrom('candle_sources as s')
    .select(['s.key', 's.id', 's.rank', 's.note'])
    .select((eb) => {
      const series = eb
        .selectFrom('candles as c')
        .where('c.instrument_key', '=', instrumentKey)
        .where('c.interval_min', '=', storedIntervals[interval])
        .whereRef('c.source_key', '=', 's.key')
      return [
        series.select(({ fn }) => fn.min<number>('c.ts').as('ts')).as('first'),
        series.select(({ fn }) => fn.max<number>('c.ts').as('ts')).as('last'),
      ]
    })
    .execute()
  return rows.flatMap(({ first, last, ...source }) =>
    first === null || last === null ? [] : [{ source, interval, first, last }],
  )
}

/** One step into the key for each instrument and source, of which there are few; no index by time is kept for it. */
async function listKeysWithBar(
  { reader }: DatabaseReads,
  interval: StoredInterval,
  time: EpochMs,
): Promise<readonly number[]> {
  const rows = await reader
    .selectFrom('instruments as i')
    .select('i.key')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('candle_sources as s')
          .innerJoin('candles as c', 'c.source_key', 's.key')
          .select('c.ts')
          .whereRef('c.instrument_key', '=', 'i.key')
          .where('c.interval_min', '=', storedIntervals[interval])
          .where('c.ts', '=', time),
      ),
    )
    .orderBy('i.key')
    .execute()
  return rows.map((row) => row.key)
}

async function readCandles(
  database: DatabaseReads,
  query: Parameters<CandleStore['readCandles']>[0],
): Promise<CandleSeries> {
  const newestFirst = database.reader
    .selectFrom('candles')
    .select(['ts', 'open', 'high', 'low', 'close', 'volume'])
    .where('instrument_key', '=', query.instrumentKey)
    .where('interval_min', '=', storedIntervals[query.interval])
    .where('source_key', '=', query.sourceKey)
    .where('ts', '>=', query.from)
    .where('ts', '<', query.to)
    .orderBy('ts', 'desc')
    .limit(query.limit)
    .compile()
  return toSeries((await database.readArrays(newestFirst)) as readonly (readonly number[])[])
}

/** Fills the columns from the end, since the rows come newest first. */
function toSeries(rows: readonly (readonly number[])[]): CandleSeries {
  const series = createCandleSeries(rows.length)
  const columns = [series.time, series.open, series.high, series.low, series.close, series.volume]
  columns.forEach((column, position) => {
    let at = rows.length
    for (const row of rows) column[--at] = row[position] ?? Number.NaN
  })
  return series
}

/** Of two factors with one ex-date the one bound to this source holds: they say the same event twice. */
async function listAdjustments(
  { reader }: DatabaseReads,
  instrumentKey: number,
  sourceKey: number,
): Promise<readonly Adjustment[]> {
  const rows = await reader
    .selectFrom('adjustments')
    .select(['ex_date as exDate', 'factor', 'kind', 'source'])
    .where('instrument_key', '=', instrumentKey)
    .where('source_key', 'in', [everySource, sourceKey])
    .orderBy('ex_date')
    .orderBy('source_key')
    .execute()
  const byDate = new Map(rows.map((row) => [row.exDate, { ...row, kind: row.kind as Adjustment['kind'] }]))
  return [...byDate.values()]
}
