import { istMidnight, sliceCandles } from '@banyan/domain'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { randomWalk } from '../../../../../packages/patterns/src/formations/testing/random-walk.ts'
import { createSqlitePlace } from '../../infra/database/testing/open-stores.ts'
import { createPostgresPlaces } from '../../infra/database/testing/postgres-places.ts'
import { testCalendar } from '../market/testing/create-test-market.ts'
import type { AnalysisModule, AnalysisUpkeep, EdgeStore, Signal } from './index.ts'
import { compareRanks, placeOf, rankOf, type SignalPlace, signalSorts, verdictOf } from './index.ts'
import { comparePlaces } from './signal-order.ts'
import { createMemoryEdgeStore } from './testing/memory-edge-store.ts'
import {
  asDays,
  asMinutes,
  ist,
  openRecordedShares,
  type RecordedShare,
  type RecordedShares,
  share,
  tradingDaysUntil,
} from './testing/recorded-shares.ts'

const never = new AbortController().signal
const everything = { pattern: null, direction: null, timeframe: null, verdict: null, instrument: null }
const allOf = (analysis: AnalysisModule): readonly Signal[] =>
  analysis.pageOfSignals(everything, { order: null, after: null, limit: 10_000 }).signals

/** Eight shares of 700 days up to the recorded one; the first has minutes too, the second a split, the third a jump nobody explains. */
function inventShares(): readonly RecordedShare[] {
  return Array.from({ length: 8 }, (_, i): RecordedShare => {
    const days = asDays(randomWalk(700, i + 1), '2021-06-09')
    if (i === 0)
      return { symbol: 'S0', days, minutes: asMinutes(randomWalk(375, 90), tradingDaysUntil('2021-06-09', 5)) }
    if (i === 1) return { symbol: 'S1', days: divided(days, 640, 2), adjustments: [split] }
    if (i === 2) return { symbol: 'S2', days: divided(days, 600, 3) }
    return { symbol: `S${i}`, days }
  })
}

const splitDate = tradingDaysUntil('2021-06-09', 60)[0] ?? ''
const split = { exDate: splitDate, factor: 2, kind: 'split', source: 'test' } as const

/** Prices as traded when one share becomes `factor` from candle `at` on. */
function divided(days: RecordedShare['days'], at: number, factor: number): RecordedShare['days'] {
  const column = (values: Float64Array) => values.map((value, i) => (i < at ? value * factor : value))
  const { open, high, low, close } = days
  return { ...days, open: column(open), high: column(high), low: column(low), close: column(close) }
}

const postgres = createPostgresPlaces(process.env)
const engines = [
  { engine: 'SQLite', isAbsent: false, createPlace: createSqlitePlace },
  { engine: 'PostgreSQL', isAbsent: await postgres.isAbsent(), createPlace: postgres.createPlace },
]

describe.each(engines)('the analysis module on $engine', ({ isAbsent, createPlace }) => {
  describe.skipIf(isAbsent)('over eight shares', () => {
    let given: RecordedShares
    let store: EdgeStore
    let analysis: AnalysisModule & AnalysisUpkeep
    beforeAll(async () => {
      given = await openRecordedShares(await createPlace(), inventShares(), createMemoryEdgeStore())
    })
    afterAll(() => given.close())
    beforeEach(() => {
      store = createMemoryEdgeStore()
      analysis = given.open(store)
      given.turnTo('2021-06-09T11:00:30')
      given.workers.ran.length = 0
    })

    it('knows the signals after the first search, ranked and without a record before the first measurement', async () => {
      expect(analysis.topSignals()).toEqual([])
      await analysis.follow('1', never)
      const signals = allOf(analysis)
      expect(signals.length).toBeGreaterThan(20)
      expect(signals.map(rankOf)).toEqual(signals.map(rankOf).sort(compareRanks))
      expect(analysis.topSignals()).toEqual(signals.slice(0, 10))
      expect(new Set(signals.map(verdictOf))).toEqual(new Set(['too_few_cases']))
      expect(signals.every(({ edge, detectedAt }) => edge === null && detectedAt <= ist('2021-06-09T11:00:30'))).toBe(
        true,
      )
      expect(analysis.topSignals()).toBe(analysis.topSignals())
    })

    it('measures up to the close of the day before, and only once a day and import', async () => {
      await analysis.measure('1', never)
      const run = analysis.edges()
      expect(run).toMatchObject({ asOf: ist('2021-06-08T15:30:00'), revision: '1', instruments: 8, costPct: 0.25 })
      expect(new Set(run?.edges.map(({ timeframe }) => timeframe))).toContain('week')
      await analysis.measure('1', never)
      expect(given.workers.ran).toEqual(['edges'])
      await analysis.measure('2', never)
      given.turnTo('2021-06-10T08:00:00')
      await analysis.measure('2', never)
      expect([given.workers.ran.length, analysis.edges()?.asOf]).toEqual([3, ist('2021-06-09T15:30:00')])
    })

    it('gives every signal the formula of its record', async () => {
      await analysis.measure('1', never)
      await analysis.follow('1', never)
      const measured = allOf(analysis).flatMap(({ edge }) => edge ?? [])
      expect(measured.length).toBeGreaterThan(20)
      for (const { n, hits, baseRate, shrunk, horizon, interval, verdict } of measured) {
        expect(shrunk).toBeCloseTo((100 * (hits + 0.5 * baseRate)) / (n + 50), 9)
        expect([horizon, n < 30]).toEqual([5, verdict === 'too_few_cases'])
        expect(interval[0]).toBeLessThan(interval[1])
      }
    })

    it('has its edges at once after a restart', async () => {
      await analysis.measure('1', never)
      const restarted = given.open(store)
      await restarted.follow('1', never)
      expect(restarted.edges()).toEqual(analysis.edges())
      await restarted.measure('1', never)
      expect(given.workers.ran.filter((kind) => kind === 'edges').length).toBe(1)
    })

    it('shows no edges of another prior weight and measures anew', async () => {
      await analysis.measure('1', never)
      const restarted = given.open(store, given.workers, 200)
      await restarted.follow('1', never)
      expect(restarted.edges()).toBeNull()
      await restarted.measure('1', never)
      expect(restarted.edges()?.priorWeight).toBe(200)
      for (const { n, hits, baseRate, shrunk } of restarted.edges()?.edges.filter((edge) => edge.n > 0) ?? [])
        expect(shrunk).toBeCloseTo((100 * hits + 200 * baseRate) / (n + 200), 9)
    })

    it('keeps the edges in force when this instance lost the lead while it measured', async () => {
      await analysis.measure('1', never)
      const before = analysis.edges()
      const paused: EdgeStore = {
        ...store,
        async finish(run) {
          await store.begin(0) // the next leader
          await store.finish(run)
        },
      }
      await expect(given.open(paused).measure('2', never)).rejects.toMatchObject({ code: 'unavailable' })
      expect(await store.readRun()).toEqual(before)
    })

    it('searches again what closed, and no more', async () => {
      await analysis.follow('1', never)
      const searches = () => given.workers.ran.filter((kind) => kind === 'recent').length
      expect(searches()).toBe(1)
      given.turnTo('2021-06-09T11:14:59')
      await analysis.follow('1', never)
      expect(searches()).toBe(1)
      given.turnTo('2021-06-09T11:15:00')
      await analysis.follow('1', never)
      expect(searches()).toBe(3) // a quarter and an hour have closed
      await analysis.follow('2', never)
      expect(searches()).toBe(4)
    })

    it('shows what a new candle completed as soon as it has closed', async () => {
      await analysis.follow('1', never)
      const newestOf = () =>
        Math.max(...allOf(analysis).map(({ timeframe, detectedAt }) => (timeframe === '15minute' ? detectedAt : 0)))
      const before = newestOf()
      for (const time of ['11:15', '11:30', '11:45', '12:00', '12:15']) {
        given.turnTo(`2021-06-09T${time}:00`)
        await analysis.follow('1', never)
        expect(newestOf()).toBeLessThanOrEqual(ist(`2021-06-09T${time}:00`))
      }
      expect(newestOf()).toBeGreaterThan(before)
    })

    it('shows nothing the market clock has not reached, also in the moment a replay begins again', async () => {
      given.turnTo('2021-06-09T16:00:00')
      await analysis.measure('1', never)
      await analysis.follow('1', never)
      expect(allOf(analysis).some(({ detectedAt }) => detectedAt === ist('2021-06-09T15:30:00'))).toBe(true)
      given.turnTo('2021-06-09T09:15:00')
      expect(allOf(analysis).filter(({ detectedAt }) => detectedAt > ist('2021-06-09T09:15:00'))).toEqual([])
      given.turnTo('2021-06-08T15:29:59')
      expect([analysis.edges(), allOf(analysis).every(({ edge }) => edge === null)]).toEqual([null, true])
    })

    it('goes on after a search that was aborted', async () => {
      const control = new AbortController()
      control.abort(new Error('stopped'))
      await expect(analysis.follow('1', control.signal)).rejects.toThrow('stopped')
      await analysis.follow('1', never)
      expect(allOf(analysis).length).toBeGreaterThan(20)
    })

    it('pages through all signals, each once, in every order', async () => {
      await analysis.follow('1', never)
      const whole = allOf(analysis)
      const orders = signalSorts.flatMap((by) => [true, false].map((descending) => ({ by, descending })))
      for (const order of [null, ...orders]) {
        const paged: Signal[] = []
        for (let after: SignalPlace | null = null; ; ) {
          const page = analysis.pageOfSignals(everything, { order, after, limit: 7 })
          paged.push(...page.signals)
          const last = page.signals.at(-1)
          if (!page.hasMore || !last) break
          after = placeOf(last, order)
        }
        expect([...paged].sort((a, b) => compareRanks(rankOf(a), rankOf(b)))).toEqual(whole)
        const places = paged.map((signal) => placeOf(signal, order))
        expect(places).toEqual(places.toSorted(comparePlaces(order)))
      }
      const bullish = analysis.pageOfSignals(
        { ...everything, direction: 'bullish', timeframe: 'day' },
        { order: null, after: null, limit: 1 },
      )
      expect(bullish.total).toBe(whole.filter((s) => s.direction === 'bullish' && s.timeframe === 'day').length)
    })

    it('finds the patterns of one share with times in place of positions, once per close', async () => {
      const [one, same] = await Promise.all([
        analysis.findPatterns(share('S4'), 'day'),
        analysis.findPatterns(share('S4'), 'day'),
      ])
      expect(same).toBe(one)
      expect([one.candles, one.asOf]).toEqual([699, ist('2021-06-08T15:30:00')])
      expect(one.candlesticks.length).toBeGreaterThan(50)
      expect(one.formations.length).toBeGreaterThan(5)
      for (const { anchors, lines, detectedAt, from, to } of one.formations) {
        const times = [...anchors, ...lines.flatMap((line) => [line.from, line.to])].map(({ time }) => time)
        expect(times.every((time) => Number.isFinite(time) && time < detectedAt)).toBe(true)
        expect(from).toBeLessThanOrEqual(to)
      }
      expect(given.workers.ran).toEqual(['patterns'])
    })

    it('searches behind an unexplained jump only, and over a known split on adjusted prices', async () => {
      expect((await analysis.findPatterns(share('S2'), 'day')).candles).toBe(99)
      expect((await analysis.findPatterns(share('S1'), 'day')).candles).toBe(699)
      await analysis.follow('1', never)
      const gaps = (await analysis.findPatterns(share('S1'), 'day')).formations.filter(({ pattern }) =>
        pattern.includes('gap'),
      )
      expect(gaps.filter(({ to }) => to === istMidnight(splitDate))).toEqual([])
    })

    it('finds similar stretches that are over, none of them the question itself, none across a split or a jump', async () => {
      const found = await analysis.findMatches({ instrument: share('S4'), metric: 'dtw', window: 30, k: 20 })
      expect([found.to, found.matches.length]).toEqual(['2021-06-08', 20])
      for (const { instrument, from, to, followedPct, similarity } of found.matches) {
        expect(followedPct.every(Number.isFinite)).toBe(true)
        expect([from < to, to < found.from || instrument !== share('S4')]).toEqual([true, true])
        expect(instrument === share('S1') && from < splitDate && to >= splitDate).toBe(false)
        expect(similarity).toBeGreaterThan(0.5)
      }
      expect(found.followed.map(({ horizon, n }) => [horizon, n])).toEqual(
        [1, 5, 10, 20].map((horizon) => [horizon, 20]),
      )
      expect(found.base[1]?.n).toBeGreaterThan(5_000)
      await analysis.findMatches({ instrument: share('S5'), metric: 'pearson', window: 30, k: 1 })
      expect(given.workers.ran.filter((kind) => kind === 'corpus').length).toBe(1)
    })

    it('has the closes at hand before anybody asks for similar stretches, anew each day and after an import', async () => {
      const readings = () => given.workers.ran.filter((kind) => kind === 'corpus').length
      const query = { instrument: share('S4'), metric: 'pearson', window: 30, k: 1 } as const
      await analysis.follow('1', never)
      expect(readings()).toBe(1)
      await analysis.findMatches(query)
      await analysis.follow('1', never)
      expect(readings()).toBe(1)
      await analysis.follow('2', never)
      expect(readings()).toBe(2)
      given.turnTo('2021-06-10T00:00:15')
      await analysis.follow('2', never)
      await analysis.findMatches(query)
      expect(readings()).toBe(3)
    })

    it('ends at once when it is aborted while closes are read, and a request still gets them', async () => {
      const control = new AbortController()
      const stopped = given.open(store, {
        run(kind, input, options) {
          const answer = given.workers.run(kind, input, options)
          if (kind === 'corpus') control.abort(new Error('stopped'))
          return answer
        },
      })
      await expect(stopped.follow('1', control.signal)).rejects.toThrow('stopped')
      const { matches } = await stopped.findMatches({ instrument: share('S4'), metric: 'dtw', window: 30, k: 5 })
      expect(matches.length).toBe(5)
      expect(given.workers.ran.filter((kind) => kind === 'corpus').length).toBe(1)
    })

    it('tells errors by their kind', async () => {
      const unknown = { code: 'unknown_symbol' }
      await expect(analysis.findPatterns(share('NOPE'), 'day')).rejects.toMatchObject(unknown)
      await expect(analysis.analyse(share('NOPE'))).rejects.toMatchObject(unknown)
      const query = { instrument: share('S2'), metric: 'dtw', window: 100, k: 1 } as const
      await expect(analysis.findMatches({ ...query, instrument: share('NOPE') })).rejects.toMatchObject(unknown)
      await expect(analysis.findMatches(query)).rejects.toMatchObject({
        code: 'invalid_parameter',
        details: [{ field: 'window', reason: expect.stringContaining('at most 99') }],
      })
    })

    it('lays every part of the composite open', async () => {
      await analysis.measure('1', never)
      await analysis.follow('1', never)
      const { score, parts, indicators, candles } = await analysis.analyse(share('S4'))
      const known = parts.filter((part) => part.score !== null)
      const weight = known.reduce((sum, part) => sum + part.weight, 0)
      expect(score).toBeCloseTo(known.reduce((sum, part) => sum + (part.score ?? 0) * part.weight, 0) / weight, 9)
      expect([parts.length, candles, indicators.rsi14 !== null]).toEqual([6, 699, true])
    })
  })
})

describe('no look-ahead', () => {
  it.each(['2021-06-09T11:00:30', '2021-06-07T15:30:00', '2021-05-14T15:29:59', '2021-03-01T12:00:00'])(
    'what is known at %s is the same when nothing later is in the database',
    async (time) => {
      const now = ist(time)
      const whole = await openRecordedShares(await createSqlitePlace(), inventShares(), createMemoryEdgeStore())
      const cut = await openRecordedShares(
        await createSqlitePlace(),
        inventShares().map((one) => truncated(one, now)),
        createMemoryEdgeStore(),
      )
      const known = await Promise.all(
        [whole, cut].map(async ({ analysis, turnTo }) => {
          turnTo(time)
          await analysis.measure('1', never)
          await analysis.follow('1', never)
          return {
            edges: analysis.edges(),
            signals: allOf(analysis),
            patterns: await analysis.findPatterns(share('S3'), 'day'),
            weeks: await analysis.findPatterns(share('S3'), 'week'),
            matches: await analysis.findMatches({ instrument: share('S3'), metric: 'euclidean', window: 20, k: 5 }),
            composite: await analysis.analyse(share('S3')),
          }
        }),
      )
      expect(known[0]?.signals.length).toBeGreaterThan(0)
      expect(known[0]).toEqual(known[1])
      await Promise.all([whole.close(), cut.close()])
    },
  )
})

/** Leaves out what had not closed, and a split that nobody could know yet. */
function truncated(one: RecordedShare, now: number): RecordedShare {
  const { days, minutes, adjustments } = one
  const closed = days.time.filter((day) => (testCalendar.latestSessionEnd(now) ?? 0) > day).length
  const minutesClosed = minutes?.time.filter((start) => start + 300_000 <= now).length ?? 0
  return {
    ...one,
    days: sliceCandles(days, 0, closed),
    ...(minutes ? { minutes: sliceCandles(minutes, 0, minutesClosed) } : {}),
    ...(adjustments ? { adjustments: adjustments.filter(({ exDate }) => istMidnight(exDate) <= now) } : {}),
  }
}
