import { dayMs, type Exchange, instrumentId, istMidnight, type StoredInterval } from '@banyan/domain'
import type { CandleBatch, ImportedFile, InstrumentFact } from '../../../modules/imports/index.ts'
import type { AdjustmentRow } from '../adjustment-row.ts'

/** Returns a fact of which only the ID and what is named is known. */
export function factOf(symbol: string, told: Partial<InstrumentFact> = {}): InstrumentFact {
  const exchange: Exchange = told.exchange ?? 'NSE'
  return {
    id: instrumentId(exchange, symbol),
    exchange,
    symbol,
    name: null,
    isin: null,
    kind: 'equity',
    series: null,
    sector: null,
    lotSize: null,
    tickSize: null,
    aliases: [],
    ...told,
  }
}

export interface TestBar {
  readonly instrument: number
  readonly time: number
  readonly close: number
}

/** Returns a batch whose other prices and volumes follow from the close. */
export function batchOf(bars: readonly TestBar[], interval: StoredInterval = 'day'): CandleBatch {
  const column = (value: (bar: TestBar) => number) => Float64Array.from(bars, value)
  return {
    kind: 'candles',
    interval,
    length: bars.length,
    instrument: Int32Array.from(bars, (bar) => bar.instrument),
    time: column((bar) => bar.time),
    open: column((bar) => bar.close - 0.05),
    high: column((bar) => bar.close + 1.1),
    low: column((bar) => bar.close - 1.15),
    close: column((bar) => bar.close),
    volume: column((bar) => Math.round(bar.close * 1_000)),
  }
}

const firstDay = istMidnight('2024-01-01')

/** Returns the opening of the n-th daily bar, counting calendar days from 2024-01-01, which is day 0. */
export function day(n: number): number {
  return firstDay + n * dayMs
}

/** Returns daily bars of one instrument on consecutive days, from day 0. */
export function dailyBars(instrument: number, closes: readonly number[]): TestBar[] {
  return closes.map((close, n) => ({ instrument, time: day(n), close }))
}

export function fileOf(told: Partial<ImportedFile> = {}): ImportedFile {
  return {
    sha256: 'a'.repeat(64),
    sourceId: 'nse',
    name: 'cm01JAN2024bhav.csv.zip',
    format: 'nse-cm-bhav',
    rowsRead: 3,
    rowsStored: 2,
    rejects: { negative: 1 },
    tradingDate: '2024-01-01',
    ...told,
  }
}

/** Returns a factor on its way into the store; a null source means every one. */
export function adjustmentOf(
  instrumentKey: number,
  sourceKey: number | null,
  exDate: string,
  factor = 2,
): AdjustmentRow {
  return { instrumentKey, sourceKey, adjustment: { exDate, factor, kind: 'split', source: 'circular' } }
}
