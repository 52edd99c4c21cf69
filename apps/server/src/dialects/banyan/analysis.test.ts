import {
  AnalysisReply,
  EdgeMeasurement,
  InstrumentPatternsReply,
  MarketMode,
  MatchesReply,
  PatternEdge,
  PatternsReply,
  Signal,
  SignalsReply,
  Snapshot,
} from '@banyan/contracts'
import type { TSchema } from 'typebox'
import { Errors } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomWalk } from '../../../../../packages/patterns/src/formations/testing/random-walk.ts'
import { createSqlitePlace } from '../../infra/database/testing/open-stores.ts'
import { bodyOf } from '../../infra/http/testing/body-of.ts'
import { startTestServer, type TestServer } from '../../infra/http/testing/test-server.ts'
import { createMemoryEdgeStore } from '../../modules/analysis/testing/memory-edge-store.ts'
import { asDays, openRecordedShares, type RecordedShares } from '../../modules/analysis/testing/recorded-shares.ts'
import { disclaimer } from '../api/disclaimer.ts'

const faultsOf = (schema: TSchema, value: unknown) => [
  ...Errors({ MarketMode, Signal, PatternEdge, EdgeMeasurement }, schema, value),
]
const never = new AbortController().signal

let given: RecordedShares
let server: TestServer
beforeAll(async () => {
  const shares = ['TCS', 'INFY', 'M&M', 'SBIN', 'ITC'].map((symbol, i) => ({
    symbol,
    days: asDays(randomWalk(600, i + 1), '2021-06-09'),
  }))
  shares.push({ symbol: 'NEW', days: asDays(randomWalk(3, 9), '2021-06-08') })
  given = await openRecordedShares(await createSqlitePlace(), shares, createMemoryEdgeStore())
  const { analysis, instruments } = given
  server = await startTestServer({}, undefined, { analysis, instruments })
})
afterAll(async () => {
  await server.app.close()
  await given.close()
})

async function get<T>(path: string, schema: TSchema): Promise<T> {
  const reply = await server.get(path)
  const body = await bodyOf<T>(reply)
  expect([path, reply.status, faultsOf(schema, body)]).toEqual([path, 200, []])
  expect(reply.headers.get('access-control-allow-origin')).toBe('*')
  return body
}

describe('before the first measurement', () => {
  it('the catalogue has no records and the lists are empty', async () => {
    const catalogue = await get<PatternsReply>('/api/patterns', PatternsReply)
    expect(catalogue).toMatchObject({ measured: null, measuring: null, disclaimer })
    expect(catalogue.patterns.length).toBe(101)
    expect(catalogue.patterns.every(({ edges }) => edges.length === 0)).toBe(true)
    expect(await get<SignalsReply>('/api/signals', SignalsReply)).toMatchObject({
      signals: [],
      total: 0,
      next_cursor: null,
    })
    expect((await get<Snapshot>('/api/index/snapshot', Snapshot)).signals).toEqual([])
  })

  it('signals without any case have neither confidence nor interval', async () => {
    await given.analysis.follow('1', never)
    const { signals } = await get<SignalsReply>('/api/signals?limit=100', SignalsReply)
    expect(signals.length).toBeGreaterThan(10)
    const record = { confidence: null, n: 0, hits: 0, base_rate: null, interval: null, verdict: 'too_few_cases' }
    for (const signal of signals) expect(signal).toMatchObject({ ...record, prior_weight: 50 })
  })
})

describe('after a measurement', () => {
  beforeAll(async () => {
    await given.analysis.measure('1', never)
    await given.analysis.follow('1', never)
  })

  it('the snapshot shows the first ten signals, and another ETag', async () => {
    server.turn(1_000)
    const reply = await server.get('/api/index/snapshot')
    const body = await bodyOf<Snapshot>(reply)
    expect(faultsOf(Snapshot, body)).toEqual([])
    expect(body.signals.length).toBe(10)
    expect(body.signals).toEqual((await get<SignalsReply>('/api/signals?limit=10', SignalsReply)).signals)
    const again = await server.get('/api/index/snapshot', {
      headers: { 'if-none-match': reply.headers.get('etag') ?? '' },
    })
    expect(again.status).toBe(304)
  })

  it('every signal obeys the formula, the order and the verdicts of the contract', async () => {
    const { signals, measured } = await get<SignalsReply>('/api/signals?limit=100', SignalsReply)
    expect(measured).toMatchObject({ as_of: '2021-06-08T15:30:00+05:30', instruments: 6, horizons: [1, 5, 10, 20] })
    const verdicts = ['edge', 'no_measurable_edge', 'too_few_cases']
    signals.forEach(({ n, hits, base_rate, prior_weight: k, confidence, verdict, horizon, symbol }, i) => {
      expect([horizon.bars, verdict === 'too_few_cases']).toEqual([5, n < 30])
      if (confidence !== null)
        expect(Math.abs((100 * (hits + (k * Number(base_rate)) / 100)) / (n + k) - confidence)).toBeLessThanOrEqual(0.1)
      const next = signals[i + 1]
      if (!next) return
      const byVerdict = verdicts.indexOf(verdict) - verdicts.indexOf(next.verdict)
      const byConfidence = Number(next.confidence ?? -1) - Number(confidence ?? -1)
      expect(byVerdict < 0 || (byVerdict === 0 && (byConfidence < 0.11 || symbol <= next.symbol))).toBe(true)
    })
  })

  it('signals are filtered and paged', async () => {
    const { total } = await get<SignalsReply>('/api/signals?limit=1', SignalsReply)
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path: string = `/api/signals?limit=7${cursor && `&cursor=${cursor}`}`
      const page = await get<SignalsReply>(path, SignalsReply)
      seen.push(...page.signals.map((s) => [s.instrument, s.timeframe, s.pattern_id, s.direction].join()))
      cursor = page.next_cursor
    }
    expect([seen.length, new Set(seen).size]).toEqual([total, total])
    const filters = 'symbol=m%26m&timeframe=1d&direction=bearish'
    const { signals } = await get<SignalsReply>(`/api/signals?${filters}`, SignalsReply)
    expect(signals.length).toBeGreaterThan(0)
    for (const signal of signals)
      expect(signal).toMatchObject({ instrument: 'NSE:M&M', timeframe: '1d', direction: 'bearish' })
    const [first] = signals
    const same = await get<SignalsReply>(`/api/signals?${filters}&pattern=${first?.pattern_id}`, SignalsReply)
    expect(same.signals).toEqual([first])
  })

  it('signals come in the order asked for, unknown last, and a cursor goes with its order', async () => {
    const dated = await get<SignalsReply>('/api/signals?sort=-detected_at&limit=100', SignalsReply)
    const times = dated.signals.map(({ detected_at }) => detected_at)
    expect(times).toEqual(times.toSorted().reverse())
    const lows = await get<SignalsReply>('/api/signals?sort=interval_low&limit=100', SignalsReply)
    const known = lows.signals.map(({ interval }) => interval?.[0] ?? Number.POSITIVE_INFINITY)
    expect(known).toEqual(known.toSorted((a, b) => a - b))
    const { signals, next_cursor } = await get<SignalsReply>('/api/signals?sort=-n&limit=3', SignalsReply)
    const next = await get<SignalsReply>(`/api/signals?sort=-n&limit=3&cursor=${next_cursor}`, SignalsReply)
    const counts = [...signals, ...next.signals].map(({ n }) => n)
    expect(counts).toEqual(counts.toSorted((a, b) => b - a))
    const reply = await server.get(`/api/signals?sort=n&cursor=${next_cursor}`)
    expect([reply.status, (await bodyOf(reply)).details?.[0]?.field]).toEqual([400, 'cursor'])
  })

  it.each([
    'sort=quality',
    'sort=--n',
    'cursor=x',
    `cursor=${Buffer.from('[0,1,2,3]').toString('base64url')}`,
    `cursor=${Buffer.from('{"a":1}').toString('base64url')}`,
    'pattern=CDLNOPE',
    'timeframe=day',
    'verdict=good',
    'limit=101',
    'direction=up',
  ])('refuses %s and names the field', async (query) => {
    const reply = await server.get(`/api/signals?${query}`)
    expect([reply.status, (await bodyOf(reply)).details?.[0]?.field]).toEqual([400, query.split('=')[0]])
  })

  it('the catalogue tells whether records held only where the history has two parts', async () => {
    expect((await get<PatternsReply>('/api/patterns', PatternsReply)).calibration).toEqual([])
  })

  it('the catalogue shows every record with its horizon, in descriptive words', async () => {
    const { patterns } = await get<PatternsReply>('/api/patterns', PatternsReply)
    const edges = patterns.flatMap(({ edges: own }) => own)
    expect(new Set(edges.map(({ horizon }) => horizon.bars))).toEqual(new Set([1, 5, 10, 20]))
    expect(new Set(edges.map(({ timeframe }) => timeframe))).toEqual(new Set(['1d', '1w']))
    const words = JSON.stringify(patterns.map(({ name, description }) => [name, description]))
    expect(words).not.toMatch(/\b(buy now|sell now|recommend|guarantee|you should|take profit|stop[- ]loss)\b/i)
  })

  it('one instrument’s patterns come with dates, geometry and record', async () => {
    const body = await get<InstrumentPatternsReply>('/api/patterns/tcs', InstrumentPatternsReply)
    expect(body).toMatchObject({
      instrument: 'NSE:TCS',
      interval: 'day',
      candles: 599,
      as_of: '2021-06-08T15:30:00+05:30',
    })
    expect(body.candlesticks[0]?.time).toMatch(/^2021-0[56]-\d\d$/)
    expect(body.formations.some(({ anchors, lines }) => anchors.length > 1 && lines.length > 0)).toBe(true)
    for (const { direction, edge } of body.candlesticks) if (direction === null) expect(edge).toBeNull()
    const week = await get<InstrumentPatternsReply>('/api/patterns/TCS?interval=week', InstrumentPatternsReply)
    expect(week.candles).toBeGreaterThan(100)
    const quarter = await get<InstrumentPatternsReply>('/api/patterns/TCS?interval=15minute', InstrumentPatternsReply)
    expect(quarter).toMatchObject({ candles: 0, from: null, as_of: null, candlesticks: [], formations: [] })
  })

  it('matches come with what followed them and the base rate', async () => {
    const body = await get<MatchesReply>('/api/patterns/INFY/matches?metric=pearson&window=25&k=5', MatchesReply)
    expect(body).toMatchObject({ instrument: 'NSE:INFY', metric: 'pearson', window: 25, to: '2021-06-08' })
    expect([body.matches.length, body.followed.map(({ n }) => n)]).toEqual([5, [5, 5, 5, 5]])
    expect(body.base.every(({ n }) => n > 2_000)).toBe(true)
    const tooLong = await server.get('/api/patterns/NEW/matches?window=10')
    expect([tooLong.status, (await bodyOf(tooLong)).message]).toEqual([
      400,
      'window must be at most 3: so many daily closes are known in one piece.',
    ])
  })

  it('the analysis lays its parts open; without enough days they are null', async () => {
    const body = await get<AnalysisReply>('/api/analysis/M%26M', AnalysisReply)
    expect(body.score).toBeGreaterThanOrEqual(0)
    expect([body.parts.length, body.candles]).toEqual([6, 599])
    const young = await get<AnalysisReply>('/api/analysis/NEW', AnalysisReply)
    expect([young.candles, young.indicators.rsi_14, young.indicators.sma_20]).toEqual([3, null, null])
  })

  it.each(['/api/patterns/NOPE', '/api/patterns/NOPE/matches', '/api/analysis/NOPE'])('%s is unknown', async (path) => {
    const reply = await server.get(path)
    expect([reply.status, (await bodyOf(reply)).code]).toEqual([404, 'unknown_symbol'])
  })

  it.each(['/api/patterns', '/api/signals', '/api/patterns/TCS', '/api/analysis/TCS', '/api/patterns/TCS/matches'])(
    '%s carries the disclaimer and the market',
    async (path) => {
      const body = await bodyOf<{ disclaimer: string; market: unknown }>(await server.get(path))
      expect([body.disclaimer, body.market]).toEqual([disclaimer, { mode: 'replay', recorded_date: '2021-06-09' }])
    },
  )
})

describe('limits', () => {
  it('are 120 a minute for all five together, and 10 for matches', async () => {
    const { analysis, instruments } = given
    const limited = await startTestServer({ rateLimit: 'on' }, undefined, { analysis, instruments })
    const countRefused = async (path: string, times: number) => {
      let refused = 0
      for (let i = 0; i < times; i++) if ((await limited.get(path)).status === 429) refused++
      return refused
    }
    expect(await countRefused('/api/patterns/NOPE/matches', 11)).toBe(1)
    expect(await countRefused('/api/analysis/NOPE', 115)).toBe(115 - (120 - 10))
    await limited.app.close()
  })
})
