import { BanyanError, createCandleSeries, dayMs, type InstrumentId, istMidnight } from '@banyan/domain'
import type { CandlesModule, CandlesPage, CandlesQuery } from '../../../modules/candles/index.ts'
import type { InstrumentsModule } from '../../../modules/instruments/index.ts'

/** Daily bars of one instrument from 2021-01-01 on, one per calendar day; every other known instrument has none. */
export function createCandlesInMemory(instruments: InstrumentsModule, withBars: string, days: number) {
  const asked: CandlesQuery[] = []
  const candles: CandlesModule = {
    async getCandles(query) {
      asked.push(query)
      if (instruments.find(query.instrument) === null) throw new BanyanError('unknown_symbol')
      return query.instrument === withBars ? pageOf(days) : emptyPage
    },
    listDailyCloses: async (_instrument: InstrumentId) => [],
    listActionsAfter: async () => new Map(),
    listTraded: async () => [],
    invalidate: async () => undefined,
  }
  return { candles, asked }
}

const emptyPage: CandlesPage = {
  series: createCandleSeries(0),
  source: null,
  asOf: null,
  truncated: false,
  adjustments: [],
  suspectJumps: [],
}

function pageOf(days: number): CandlesPage {
  const series = createCandleSeries(days)
  const start = istMidnight('2021-01-01')
  for (let i = 0; i < days; i++) {
    series.time[i] = start + i * dayMs
    series.open[i] = 100 + i / 20
    series.high[i] = 101.35 + i / 20
    series.low[i] = 99.1 + i / 20
    series.close[i] = 100.55 + i / 20
    series.volume[i] = 1_000_000 + i
  }
  return {
    series,
    source: { key: 1, id: 'eod2', rank: 1, note: 'adjusted to the replayed day' },
    asOf: start + days * dayMs,
    truncated: false,
    adjustments: [{ exDate: '2021-03-01', factor: 2, kind: 'split', source: 'a circular' }],
    suspectJumps: [{ time: start, previousClose: 100, close: 150 }],
  }
}
