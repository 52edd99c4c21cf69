import { readFileSync } from 'node:fs'
import {
  type Adjustment,
  addDays,
  type CandleInterval,
  createTradingCalendar,
  formatIst,
  type InstrumentId,
  instrumentId,
  istMidnight,
  parseCalendarData,
  parseTimestamp,
  type StoredInterval,
} from '@banyan/domain'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCandleStore } from '../../infra/database/candle-store.ts'
import { createInstrumentStore } from '../../infra/database/instrument-store.ts'
import { batchOf, factOf, fileOf, type TestBar } from '../../infra/database/testing/candle-batches.ts'
import {
  createSqlitePlace,
  type OpenStores,
  openStores,
  type TestPlace,
} from '../../infra/database/testing/open-stores.ts'
import { createPostgresPlaces } from '../../infra/database/testing/postgres-places.ts'
import { createInstrumentsModule, type InstrumentsModule } from '../instruments/index.ts'
import { type CandlesModule, type CandlesQuery, createCandlesModule } from './index.ts'
import { createDirectCache } from './testing/direct-cache.ts'

const calendar = createTradingCalendar(
  parseCalendarData(
    JSON.parse(readFileSync(new URL('../../../../../data/calendar/nse.json', import.meta.url), 'utf8')),
  ),
)
const recordedDate = '2021-06-09'
const at = (text: string) => parseTimestamp(`${text}+05:30`) ?? Number.NaN
const [daily, minutely, both, bare] = ['DAILY', 'MINUTELY', 'BOTH', 'BARE'].map((symbol) =>
  instrumentId('NSE', symbol),
) as [InstrumentId, InstrumentId, InstrumentId, InstrumentId]

/** Trading days of the calendar, `[from, to]`, each closing at 100, 101, … */
function dayBars(from: string, to: string): TestBar[] {
  const bars: TestBar[] = []
  for (let date = from; date <= to; date = addDays(date, 1))
    if (calendar.isTradingDay(date)) bars.push({ instrument: 0, time: istMidnight(date), close: 100 + bars.length })
  return bars
}

function minuteBars(dates: readonly string[], minutes: number): TestBar[] {
  const times = dates.flatMap((date) =>
    Array.from({ length: 375 / minutes }, (_, i) => at(`${date}T09:15:00`) + i * minutes * 60_000),
  )
  return times.map((time, i) => ({ instrument: 0, time, close: 100 + (i % 500) / 10 }))
}

const postgres = createPostgresPlaces(process.env)
const engines = [
  { engine: 'SQLite', isAbsent: false, createPlace: createSqlitePlace },
  { engine: 'PostgreSQL', isAbsent: await postgres.isAbsent(), createPlace: postgres.createPlace },
]

describe.each(engines)('candles on $engine', ({ isAbsent, createPlace }) => {
  describe.skipIf(isAbsent)('served by the module', () => {
    let place: TestPlace
    let stores: OpenStores
    let instruments: InstrumentsModule
    let now = at('2021-06-09T11:00:30')
    let mode: 'live' | 'replay' = 'replay'
    let cache: ReturnType<typeof createDirectCache>
    let candles: CandlesModule

    const put = async (
      symbol: string,
      rows: readonly { interval: StoredInterval; bars: TestBar[] }[],
      adjustments: readonly Adjustment[] = [],
    ) => {
      const tx = await stores.imports.begin()
      const [key = 0] = await tx.putInstruments([factOf(symbol)])
      const sourceKey = await tx.putSource({ id: 'nse', rank: 10, note: 'raw' })
      for (const { interval, bars } of rows) await tx.putCandles(batchOf(bars, interval), [key], sourceKey)
      await tx.putAdjustments(adjustments.map((adjustment) => ({ instrumentKey: key, sourceKey, adjustment })))
      await tx.recordSuspectJumps([{ instrumentKey: key, sourceKey, from: 0, to: 4e12 }])
      await tx.commit(fileOf({ sha256: symbol.padEnd(64, String(rows.length)) }))
      return key
    }

    /** The preferred source knows two single days, the other every day between them. */
    const putSparseBesideDaily = async () => {
      const tx = await stores.imports.begin()
      const keys = await tx.putInstruments([factOf('MIXED')])
      const sparse = await tx.putSource({ id: 'nse', rank: 10, note: 'raw' })
      const dense = await tx.putSource({ id: 'bundle', rank: 35, note: null })
      const single = ['2020-03-23', '2021-06-17'].map((date) => ({ instrument: 0, time: istMidnight(date), close: 7 }))
      await tx.putCandles(batchOf(single, 'day'), keys, sparse)
      await tx.putCandles(batchOf(dayBars('2021-05-03', '2021-06-08'), 'day'), keys, dense)
      await tx.commit(fileOf({ sha256: 'MIXED'.padEnd(64, '0') }))
    }

    beforeAll(async () => {
      place = await createPlace()
      stores = await openStores(place)
      const split: Adjustment = { exDate: '2021-06-02', factor: 2, kind: 'split', source: 'test' }
      const later: Adjustment = { exDate: '2021-06-14', factor: 5, kind: 'bonus', source: 'test' }
      await put('DAILY', [{ interval: 'day', bars: dayBars('2021-01-01', '2021-06-18') }], [split, later])
      const dates = dayBars('2021-04-01', '2021-06-09').map(({ time }) => formatIst(time).slice(0, 10))
      await put('MINUTELY', [{ interval: '1minute', bars: minuteBars(dates, 1) }])
      await put('BOTH', [
        {
          interval: 'day',
          bars: [
            { instrument: 0, time: istMidnight('2021-06-07'), close: 100 },
            { instrument: 0, time: istMidnight('2021-06-09'), close: 900 },
          ],
        },
        { interval: '5minute', bars: minuteBars(['2021-06-08'], 5) },
      ])
      await put('BARE', [])
      await putSparseBesideDaily()
      instruments = createInstrumentsModule({ store: createInstrumentStore(stores.database) })
      await instruments.refresh()
    })
    afterAll(async () => {
      await stores.close()
      await place.remove()
    })
    beforeEach(() => {
      now = at('2021-06-09T11:00:30')
      mode = 'replay'
      cache = createDirectCache()
      const marketClock = {
        now: () => now,
        get mode() {
          return mode
        },
        get recordedDate() {
          return mode === 'replay' ? recordedDate : null
        },
        wallTimeOf: (instant: number) => instant,
      }
      candles = createCandlesModule({
        store: createCandleStore(stores.database),
        instruments,
        calendar,
        marketClock,
        cache,
      })
    })

    const ask = (instrument: InstrumentId, interval: CandleInterval, extra: Partial<CandlesQuery> = {}) =>
      candles.getCandles({ instrument, interval, from: null, to: null, adjusted: true, limit: 5_000, ...extra })
    const labels = async (...asked: Parameters<typeof ask>) =>
      Array.from((await ask(...asked)).series.time, (time) => formatIst(time).slice(0, 16))

    describe('the end of a series', () => {
      it('is the last day that is over on the market’s clock, and its close is the age of the page', async () => {
        expect((await labels(daily, 'day')).at(-1)).toBe('2021-06-08T00:00')
        now = at('2021-06-09T15:29:59')
        expect((await labels(daily, 'day')).at(-1)).toBe('2021-06-08T00:00')
        now = at('2021-06-09T15:30:00')
        const page = await ask(daily, 'day')
        expect(formatIst(page.series.time.at(-1) ?? 0)).toContain('2021-06-09')
        expect(page.asOf).toBe(now)
      })

      it.each([
        ['1minute', '2021-06-09T10:59'],
        ['5minute', '2021-06-09T10:55'],
        ['15minute', '2021-06-09T10:45'],
        ['30minute', '2021-06-09T10:15'],
        ['60minute', '2021-06-09T09:15'],
        ['day', '2021-06-08T00:00'],
        ['week', '2021-05-31T00:00'],
        ['month', '2021-05-01T00:00'],
      ] as const)('with %s bars is %s at 11:00:30', async (interval, expected) => {
        expect((await labels(minutely, interval)).at(-1)).toBe(expected)
      })

      it('passes the recorded day only when an end is named, and even then not what is still forming on it', async () => {
        const to = at('2021-06-19T00:00:00')
        const dates = (await labels(daily, 'day', { to })).map((label) => label.slice(5, 10))
        expect(dates.slice(-3)).toEqual(['06-16', '06-17', '06-18'])
        expect(dates).toContain('06-08')
        expect(dates).not.toContain('06-09')
        const weeks = await labels(daily, 'week', { to })
        expect(weeks.slice(-2)).toEqual(['2021-05-31T00:00', '2021-06-14T00:00'])
        mode = 'live'
        expect((await labels(daily, 'day', { to })).at(-1)).toBe('2021-06-08T00:00')
      })
    })

    describe('a range', () => {
      it('holds the bars whose label lies in it, its end left out; a period that began in it is whole', async () => {
        const range = { from: at('2021-05-03T00:00:00'), to: at('2021-05-19T00:00:00') }
        expect(await labels(daily, 'week', range)).toEqual(['2021-05-03T00:00', '2021-05-10T00:00', '2021-05-17T00:00'])
        const { series } = await ask(daily, 'week', { ...range, adjusted: false })
        const fridays = await ask(daily, 'day', {
          from: at('2021-05-21T00:00:00'),
          to: at('2021-05-22T00:00:00'),
          adjusted: false,
        })
        expect(series.close.at(-1)).toBe(fridays.series.close[0])
        expect(
          await labels(daily, 'month', { from: at('2021-03-02T00:00:00'), to: at('2021-05-01T00:00:00') }),
        ).toEqual(['2021-04-01T00:00'])
      })

      it('ends with a whole week also where its days lie in the next month’s minutes', async () => {
        const { series } = await ask(minutely, 'week', { to: at('2021-06-01T00:00:00') })
        const days = await ask(minutely, 'day', { from: at('2021-05-31T00:00:00'), to: at('2021-06-05T00:00:00') })
        expect(formatIst(series.time.at(-1) ?? 0)).toContain('2021-05-31')
        expect(days.series.time).toHaveLength(5)
        expect(series.volume.at(-1)).toBe(days.series.volume.reduce((sum, volume) => sum + volume))
      })

      it('may be empty, before, inside or after what is stored', async () => {
        for (const [from, to] of [
          ['1999-01-01', '2000-01-01'],
          ['2021-06-05', '2021-06-07'],
          ['2025-01-01', '2026-01-01'],
          ['2021-03-01', '2021-02-01'],
        ])
          expect(await labels(daily, 'day', { from: at(`${from}T00:00:00`), to: at(`${to}T00:00:00`) })).toEqual([])
      })

      it('keeps the newest bars and says when older ones were left out', async () => {
        const all = await labels(minutely, '15minute')
        const page = await ask(minutely, '15minute', { limit: 40 })
        expect(page.truncated).toBe(true)
        expect(Array.from(page.series.time, (time) => formatIst(time).slice(0, 16))).toEqual(all.slice(-40))
        expect((await ask(minutely, '15minute', { limit: all.length })).truncated).toBe(false)
        expect((await ask(daily, 'day', { limit: 1 })).series.time).toHaveLength(1)
      })

      it('cut in two anywhere gives the same bars, none lost and none twice', async () => {
        const start = at('2021-05-24T00:00:00')
        const inside = fc.integer({ min: start, max: at('2021-06-09T11:00:30') })
        await fc.assert(
          fc.asyncProperty(
            inside,
            fc.constantFrom('1minute', '5minute', '60minute', 'day', 'week', 'month'),
            async (cut, interval) => {
              const whole = await labels(minutely, interval, { from: start })
              const before = await labels(minutely, interval, { from: start, to: cut })
              expect([...before, ...(await labels(minutely, interval, { from: cut }))]).toEqual(whole)
            },
          ),
          { numRuns: 40 },
        )
      })
    })

    describe('prices', () => {
      it('are adjusted by the factors of the market’s day, and as recorded on request', async () => {
        const [adjusted, raw] = [await ask(daily, 'day'), await ask(daily, 'day', { adjusted: false })]
        const split = raw.series.time.findIndex((time) => time >= istMidnight('2021-06-02'))
        expect(adjusted.series.close[split - 1]).toBe((raw.series.close[split - 1] ?? 0) / 2)
        expect(adjusted.series.volume[split - 1]).toBe((raw.series.volume[split - 1] ?? 0) * 2)
        expect(adjusted.series.close[split]).toBe(raw.series.close[split])
        expect(adjusted.adjustments.map((a) => a.exDate)).toEqual(['2021-06-02'])
        expect(raw.adjustments).toEqual(adjusted.adjustments)
      })

      it('stand on the newest bar’s basis when the range passes the recorded day', async () => {
        const page = await ask(daily, 'day', { to: at('2021-06-19T00:00:00') })
        expect(page.adjustments.map((a) => a.factor)).toEqual([2, 5])
        expect(page.series.close[0]).toBe(10)
      })

      it('are aggregated after they are adjusted', async () => {
        const { series } = await ask(daily, 'week', { from: at('2021-05-31T00:00:00') })
        const days = await ask(daily, 'day', { from: at('2021-05-31T00:00:00'), to: at('2021-06-05T00:00:00') })
        expect(series.open[0]).toBe(days.series.open[0])
        expect(series.high[0]).toBe(Math.max(...days.series.high))
        expect(series.volume[0]).toBe(days.series.volume.reduce((a, b) => a + b))
      })

      it('come with the unexplained jumps of the range that are over', async () => {
        expect((await ask(both, 'day')).suspectJumps).toEqual([])
        now = at('2021-06-09T15:30:00')
        expect((await ask(both, 'day')).suspectJumps).toMatchObject([
          { time: istMidnight(recordedDate), previousClose: 100, close: 900 },
        ])
        expect((await ask(both, 'day', { to: istMidnight(recordedDate) })).suspectJumps).toEqual([])
      })

      it('are whole: low ≤ open and close ≤ high, times ascending, for every interval', async () => {
        for (const interval of [
          '1minute',
          '5minute',
          '15minute',
          '30minute',
          '60minute',
          'day',
          'week',
          'month',
        ] as const) {
          const { time, open, high, low, close } = (await ask(minutely, interval)).series
          expect(time.length).toBeGreaterThan(0)
          time.forEach((instant, i) => {
            expect(instant).toBeGreaterThan(time[i - 1] ?? 0)
            expect(Math.min(open[i] ?? 0, close[i] ?? 0)).toBeGreaterThanOrEqual(low[i] ?? 0)
            expect(Math.max(open[i] ?? 0, close[i] ?? 0)).toBeLessThanOrEqual(high[i] ?? 0)
          })
        }
      })
    })

    describe('where the bars come from', () => {
      it('is days of minutes when no day bars exist, 5-minute bars when no 1-minute ones do', async () => {
        expect((await labels(minutely, 'day')).at(-1)).toBe('2021-06-08T00:00')
        expect(await labels(both, '60minute')).toHaveLength(7)
        expect(await labels(both, '5minute')).toHaveLength(75)
        expect(await labels(both, '1minute')).toEqual([])
        expect(await labels(both, 'day')).toEqual(['2021-06-07T00:00'])
      })

      it('is the source that has bars up to the end asked for, not one whose days happen to lie around it', async () => {
        const mixed = instrumentId('NSE', 'MIXED')
        expect((await ask(mixed, 'day')).source?.id).toBe('bundle')
        expect((await ask(mixed, 'day', { to: at('2021-06-18T00:00:00') })).source?.id).toBe('nse')
      })

      it('is nowhere for a known instrument without bars, and a refusal for an unknown one', async () => {
        expect(await ask(bare, 'day')).toMatchObject({
          source: null,
          asOf: null,
          truncated: false,
          series: { time: { length: 0 } },
        })
        await expect(ask(instrumentId('NSE', 'NOSUCH'), 'day')).rejects.toMatchObject({ code: 'unknown_symbol' })
      })

      it('is the cache the second time, until the instrument or everything is invalidated', async () => {
        await ask(daily, 'day')
        const first = cache.loads.length
        await ask(daily, 'week')
        await ask(daily, 'day', { limit: 3 })
        expect(cache.loads).toHaveLength(first)
        const key = instruments.find(daily)?.key ?? -1
        await candles.invalidate([instruments.find(minutely)?.key ?? -1])
        await ask(daily, 'day')
        expect(cache.loads).toHaveLength(first)
        await candles.invalidate([key])
        await ask(daily, 'day')
        expect(cache.loads.length).toBeGreaterThan(first)
        const second = cache.loads.length
        await candles.invalidate([])
        await ask(daily, 'day')
        expect(cache.loads.length).toBeGreaterThan(second)
      })

      it('reads minutes by the month and stops when it has enough', async () => {
        expect((await ask(minutely, '1minute', { limit: 500 })).series.time).toHaveLength(500)
        expect(cache.loads.filter((key) => key.includes(':1minute:'))).toHaveLength(2)
      })
    })

    describe('daily closes', () => {
      it('come newest first, up to and with the date, on the price basis of that date', async () => {
        expect(await candles.listDailyCloses(daily, recordedDate, 3)).toMatchObject([
          { date: '2021-06-09' },
          { date: '2021-06-08' },
          { date: '2021-06-07' },
        ])
        const [newest, before] = await candles.listDailyCloses(daily, '2021-06-02', 2)
        expect((before?.close ?? 0) * 2 + 1).toBe(newest?.close)
      })

      it('are none before the first day, and fewer than asked where there are fewer', async () => {
        expect(await candles.listDailyCloses(daily, '1999-01-01', 5)).toEqual([])
        expect(await candles.listDailyCloses(both, recordedDate, 5)).toHaveLength(2)
        expect(await candles.listDailyCloses(bare, recordedDate, 5)).toEqual([])
      })
    })
  })
})
