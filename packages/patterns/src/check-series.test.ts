import type { CandleSeries } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { scanCandlesticks } from './candlesticks/scan-candlesticks.ts'
import { checkSeries } from './check-series.ts'
import { createEdgeTally } from './edge/edge-tally.ts'
import { measureEdge } from './edge/measure-edge.ts'
import { findFormations } from './formations/find-formations.ts'
import { PatternInputError } from './pattern-input-error.ts'
import { badSeries, goodSeries } from './series-examples.suite.ts'

const options = { horizons: [1, 20], costPct: 0 }

/** Whatever the package exports that takes candles. */
const readers: Readonly<Record<string, (series: CandleSeries) => unknown>> = {
  checkSeries,
  scanCandlesticks: (series) => scanCandlesticks(series).hits(),
  findFormations: (series) => findFormations(series),
  measureEdge: (series) => measureEdge([], [{ id: 'A', series }], options),
  createEdgeTally: (series) => createEdgeTally(options).add('A', series, []),
}

describe.each(Object.entries(readers))('%s', (_, read) => {
  it.each(goodSeries)('accepts a series %s and finds nothing', (_what, series) => {
    expect(read(series) ?? []).toEqual([])
  })

  it.each(badSeries)('refuses a series %s', (_what, series, message) => {
    expect(() => read(series)).toThrow(PatternInputError)
    expect(() => read(series)).toThrow(message)
  })
})
