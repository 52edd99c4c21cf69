import { dayMs, sliceCandles } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PatternInputError } from '../pattern-input-error.ts'
import { createRandom } from '../similarity/testing/random-closes.ts'
import { betaQuantile } from './beta-distribution.ts'
import type { EdgeOptions, EdgeTable, PatternEvent } from './edge-table.ts'
import { createEdgeTally } from './edge-tally.ts'
import { judgeEdges } from './judge-edges.ts'
import { measureEdge } from './measure-edge.ts'
import { randomCandles, ruleEvents, seriesOf } from './testing/random-market.ts'

function one(table: EdgeTable) {
  const [row] = table
  if (!row || table.length > 1) throw new Error(`${table.length} rows`)
  return row
}

describe('measureEdge', () => {
  it('enters at the next open, leaves at the last close, and takes no move for a miss', () => {
    const series = seriesOf([
      [10, 99],
      [10, 12], // 0: entered at 10, left after one candle at 12
      [50, 11], // after two candles at 11
      [12, 12], // 2: no move
      [40, 30], // 3: a fall of a quarter
    ])
    const events = [0, 2, 3].map((index) => ({ id: 'A', index, pattern: 'P', direction: 'bullish' as const }))
    const [after1, after2] = measureEdge(events, [{ id: 'A', series }], { horizons: [1, 2], costPct: 0 })
    expect(after1).toMatchObject({ pattern: 'P', direction: 'bullish', horizon: 1, n: 3, hits: 1, baseRate: 25 })
    expect(after1?.meanReturnPct).toBeCloseTo((20 + 0 - 25) / 3, 12)
    // The event of candle 3 has no second candle yet. Base: 10 → 11, 50 → 12, 12 → 30.
    expect(after2).toMatchObject({ horizon: 2, n: 2, hits: 2 })
    expect(after2?.baseRate).toBeCloseTo(200 / 3, 12)
  })

  it('counts a fall as a gain for bearish', () => {
    const series = seriesOf([
      [100, 100],
      [100, 99],
      [100, 98],
      [100, 103],
    ])
    const events = [0, 1, 2].map((index) => ({ id: 'A', index, pattern: 'P', direction: 'bearish' as const }))
    const row = one(measureEdge(events, [{ id: 'A', series }], { horizons: [1], costPct: 0 }))
    expect(row).toMatchObject({ n: 3, hits: 2 })
    expect(row.baseRate).toBeCloseTo(200 / 3, 12)
    expect(row.meanReturnPct).toBeCloseTo((1 + 2 - 3) / 3, 12)
  })

  it('takes costs off the mean return and nothing else: a move smaller than the cost is a hit', () => {
    const universe = Array.from({ length: 3 }, (_, i) => ({ id: `S${i}`, series: randomCandles(200, i) }))
    const events = universe.flatMap(({ id, series }) => ruleEvents(id, series))
    const [free, costly] = [0, 1.5].map((costPct) => measureEdge(events, universe, { horizons: [1, 5], costPct }))
    const withoutMean = (table: EdgeTable = []) => table.map(({ meanReturnPct: _, ...row }) => row)
    expect(withoutMean(costly)).toEqual(withoutMean(free))
    expect(free?.some(({ hits }) => hits > 0)).toBe(true)
    for (const [i, { meanReturnPct }] of (free ?? []).entries())
      expect(costly?.[i]?.meanReturnPct).toBe(meanReturnPct - 1.5)
  })

  it('counts overlapping cases of one series once, of two series twice', () => {
    const universe = ['A', 'B'].map((id, i) => ({ id, series: randomCandles(40, i + 1) }))
    const events = [3, 1, 2, 5, 4, 4, 6].map((index) => ({
      id: 'A',
      index,
      pattern: 'P',
      direction: 'bullish' as const,
    }))
    const count = (more: PatternEvent[]) =>
      measureEdge([...events, ...more], universe, { horizons: [1, 3, 5], costPct: 0 }).map(({ n }) => n)
    expect(count([])).toEqual([6, 2, 2])
    expect(count([{ id: 'B', index: 2, pattern: 'P', direction: 'bullish' }])).toEqual([7, 3, 3])
    expect(count([{ id: 'A', index: 2, pattern: 'P', direction: 'bearish' }])).toEqual([6, 2, 2, 1, 1, 1])
  })

  it('follows the formula of the contract', () => {
    // stocktrendz.md §5.1: 1412 hits of 2540 at a base rate of 51.2 % give 55.5 and [53.9, 57.1]; 214 of 412 give 51.9, [48.0, 55.7].
    for (const [hits, n, shrunk, low, high] of [
      [1_412, 2_540, '55.5', '53.9', '57.1'],
      [214, 412, '51.9', '48.0', '55.7'],
    ] as const) {
      const [alpha, beta] = [hits + 50 * 0.512, n - hits + 50 * 0.488]
      expect(((100 * alpha) / (n + 50)).toFixed(1)).toBe(shrunk)
      expect((100 * betaQuantile(0.05, alpha, beta)).toFixed(1)).toBe(low)
      expect((100 * betaQuantile(0.95, alpha, beta)).toFixed(1)).toBe(high)
    }
    const universe = [{ id: 'A', series: randomCandles(400, 5) }]
    const events = Array.from({ length: 100 }, (_, i) => ({
      id: 'A',
      index: 3 * i,
      pattern: 'P',
      direction: 'bullish' as const,
    }))
    for (const [priorWeight, k] of [
      [undefined, 50],
      [7, 7],
    ] as const) {
      const options = { horizons: [2], costPct: 0.05, ...(priorWeight === undefined ? {} : { priorWeight }) }
      const { n, hits, hitRate, baseRate, shrunk, interval } = one(measureEdge(events, universe, options))
      expect(n).toBe(100)
      expect(hitRate).toBe(hits)
      expect(shrunk).toBeCloseTo((100 * (hits + (k * baseRate) / 100)) / (n + k), 10)
      expect(interval[0]).toBeLessThan(shrunk)
      expect(interval[1]).toBeGreaterThan(shrunk)
    }
  })

  it('calls 29 cases too few and finds an edge that is there', () => {
    // Every third candle falls 3 %, the others rise 1 %: whoever enters after a fall wins.
    const series = seriesOf(Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? [100, 97] : [100, 101])))
    const count = (n: number) =>
      one(
        measureEdge(
          Array.from({ length: n }, (_, i) => ({ id: 'A', index: 3 * i, pattern: 'P', direction: 'bullish' as const })),
          [{ id: 'A', series }],
          { horizons: [1], costPct: 0 },
        ),
      )
    expect(count(29)).toMatchObject({ n: 29, hits: 29, verdict: 'too_few_cases' })
    expect(count(30)).toMatchObject({ n: 30, hits: 30, verdict: 'edge' })
    expect(count(30).q).toBeLessThan(1e-5)
  })

  it('has no row where nothing finished, and none without events or candles', () => {
    const universe = [
      { id: 'A', series: randomCandles(5, 1) },
      { id: 'B', series: randomCandles(0, 2) },
    ]
    const event: PatternEvent = { id: 'A', index: 4, pattern: 'P', direction: 'bullish' }
    expect(measureEdge([event], universe, { horizons: [1], costPct: 0 })).toEqual([])
    expect(measureEdge([], universe, { horizons: [1], costPct: 0 })).toEqual([])
    expect(measureEdge([], [], { horizons: [1], costPct: 0 })).toEqual([])
  })

  it('stays finite where nothing or everything moved', () => {
    for (const [close, rate] of [
      [100, 0],
      [101, 100],
    ] as const) {
      const series = seriesOf(Array.from({ length: 60 }, () => [100, close]))
      const events = Array.from({ length: 40 }, (_, index) => ({
        id: 'A',
        index,
        pattern: 'P',
        direction: 'bullish' as const,
      }))
      const row = one(measureEdge(events, [{ id: 'A', series }], { horizons: [1], costPct: 0 }))
      expect(row).toMatchObject({ hitRate: rate, baseRate: rate, shrunk: rate, interval: [rate, rate], q: 1 })
      expect(row.verdict).toBe('no_measurable_edge')
    }
  })

  it('does not take one day of many shares for many cases', () => {
    const universe = Array.from({ length: 60 }, (_, i) => ({
      id: `S${i}`,
      series: randomCandles(200, i, { shared: 0.9 }),
    }))
    const rising = universe[0]?.series.close.findIndex((close, i, all) => close < (all[i + 1] ?? 0) * 0.98) ?? 0
    const events = universe.map(({ id }) => ({ id, index: rising, pattern: 'P', direction: 'bullish' as const }))
    const row = one(measureEdge(events, universe, { horizons: [1], costPct: 0 }))
    expect(row.hits).toBeGreaterThan(50)
    expect(row.interval[0]).toBeGreaterThan(row.baseRate)
    expect(row).toMatchObject({ q: 1, verdict: 'no_measurable_edge' })
  })
})

describe('measureEdge as of a time', () => {
  const walks = fc.record({
    lengths: fc.array(fc.integer({ min: 5, max: 60 }), { minLength: 1, maxLength: 3 }),
    seed: fc.nat(),
    at: fc.integer({ min: 3, max: 70 }),
    offset: fc.constantFrom(0, 1, dayMs / 2, dayMs - 1),
  })

  it('gives the table computed from what was there then', () => {
    fc.assert(
      fc.property(walks, ({ lengths, seed, at, offset }) => {
        const random = createRandom(seed)
        const universe = lengths.map((length, i) => ({ id: `S${i}`, series: randomCandles(length, seed + i) }))
        const events = universe.flatMap(({ id, series }) =>
          Array.from(series.time.keys()).flatMap((index): PatternEvent[] =>
            random() < 0.4 ? [{ id, index, pattern: random() < 0.5 ? 'P' : 'Q', direction: 'bearish' }] : [],
          ),
        )
        const options = { horizons: [1, 2, 5], costPct: 0.1 }
        const asOf = at * dayMs + offset
        // Candle i opens on day i and is closed when day i + 1 begins.
        const then = universe.map(({ id, series }) => ({
          id,
          series: sliceCandles(series, 0, Math.min(series.time.length, at)),
        }))
        const known = events.filter(
          ({ id, index }) => index < (then.find((one) => one.id === id)?.series.time.length ?? 0),
        )
        const table = measureEdge(events, universe, { ...options, asOf })
        expect(table).toEqual(measureEdge(known, then, options))
        expect(table).toEqual(measureEdge(known, then, { ...options, asOf }))
      }),
      { numRuns: 300 },
    )
  })

  it('does not use a candle that is still open', () => {
    const series = seriesOf([
      [100, 100],
      [100, 101],
      [100, 150],
    ])
    const count = (asOf: number) =>
      measureEdge([{ id: 'A', index: 0, pattern: 'P', direction: 'bullish' }], [{ id: 'A', series }], {
        horizons: [1],
        costPct: 0,
        asOf,
      }).length
    expect([dayMs, 2 * dayMs - 1, 2 * dayMs].map(count)).toEqual([0, 0, 1])
  })
})

describe('createEdgeTally', () => {
  const universe = Array.from({ length: 4 }, (_, i) => ({ id: `S${i}`, series: randomCandles(300, i) }))
  const events = universe.flatMap(({ id, series }) => ruleEvents(id, series))
  const options = { horizons: [1, 3], costPct: 0.1 }

  it('counts series one after the other, in any order, as measureEdge does together', () => {
    const tally = createEdgeTally(options)
    for (const { id, series } of universe.toReversed())
      tally.add(
        id,
        series,
        events.filter((event) => event.id === id),
      )
    const [table] = judgeEdges([tally])
    const expected = measureEdge(events, universe, options)
    expect(table?.map(({ meanReturnPct: _, ...row }) => row)).toEqual(
      expected.map(({ meanReturnPct: _, ...row }) => row),
    )
    for (const [i, { meanReturnPct }] of expected.entries())
      expect(table?.[i]?.meanReturnPct).toBeCloseTo(meanReturnPct, 10)
  })

  it('corrects tables judged together for all that was tried', () => {
    const tallies = [options, { ...options, horizons: [2] }].map((one) => {
      const tally = createEdgeTally(one)
      for (const { id, series } of universe)
        tally.add(
          id,
          series,
          events.filter((event) => event.id === id),
        )
      return tally
    })
    const apart = tallies.flatMap((tally) => judgeEdges([tally]))
    const together = judgeEdges(tallies)
    expect(together.map((table) => table.map(({ hits }) => hits))).toEqual(
      apart.map((table) => table.map(({ hits }) => hits)),
    )
    const least = (tables: readonly EdgeTable[]) => Math.min(...tables.flat().map(({ q }) => q))
    expect(least(together)).toBeGreaterThanOrEqual(least(apart))
    expect(together.flat().map(({ q }) => q)).not.toEqual(apart.flat().map(({ q }) => q))
  })

  it('counts nothing of a series it refuses', () => {
    const tally = createEdgeTally(options)
    const [first] = universe
    if (!first) throw new Error('no series')
    expect(() => tally.add('A', first.series, [{ index: 300, pattern: 'P', direction: 'bullish' }])).toThrow(
      PatternInputError,
    )
    expect([...tally.cases()]).toEqual([])
    expect(tally.baseRate('bullish', 1)).toBe(0)
  })
})

describe('measureEdge with malformed input', () => {
  const series = randomCandles(20, 1)
  const event: PatternEvent = { id: 'A', index: 3, pattern: 'P', direction: 'bullish' }
  const measure = (change: Partial<EdgeOptions> = {}, one: Partial<PatternEvent> = {}, candles = series) =>
    measureEdge([{ ...event, ...one }], [{ id: 'A', series: candles }], { horizons: [1], costPct: 0, ...change })

  it('refuses it with an error that names it', () => {
    const refusals: [() => unknown, RegExp][] = [
      [() => measure({ horizons: [] }), /horizons must name/],
      [() => measure({ horizons: [0] }), /horizons must be whole/],
      [() => measure({ horizons: [1, -1] }), /horizons must be whole/],
      [() => measure({ horizons: [1.5] }), /horizons must be whole/],
      [() => measure({ horizons: [Number.NaN] }), /horizons must be whole/],
      [() => measure({ horizons: [Number.POSITIVE_INFINITY] }), /horizons must be whole/],
      [() => measure({ horizons: [2, 2] }), /horizons must not repeat/],
      [() => measure({ costPct: -0.1 }), /costPct/],
      [() => measure({ costPct: Number.NaN }), /costPct/],
      [() => measure({ costPct: Number.POSITIVE_INFINITY }), /costPct/],
      [() => measure({ priorWeight: 0 }), /priorWeight/],
      [() => measure({ priorWeight: Number.NaN }), /priorWeight/],
      [() => measure({ priorWeight: Number.POSITIVE_INFINITY }), /priorWeight/],
      [() => measure({ asOf: Number.NaN }), /asOf/],
      [() => measure({ asOf: Number.POSITIVE_INFINITY }), /asOf/],
      [() => measure({}, { index: -1 }), /index -1 lies outside series A/],
      [() => measure({}, { index: 20 }), /index 20 lies outside/],
      [() => measure({}, { index: 1.5 }), /index 1.5 lies outside/],
      [() => measure({}, { index: Number.NaN }), /index NaN lies outside/],
      [() => measure({}, { id: 'B' }), /unknown series B/],
      [() => measure({}, { direction: 'neutral' as 'bullish' }), /direction must be/],
      [() => measure({}, {}, { ...series, close: series.close.subarray(1) }), /series A: close has 19 values/],
      [() => measure({}, {}, { ...series, open: series.open.map(() => Number.NaN) }), /series A: candle 0: open/],
      [() => measure({}, {}, { ...series, time: series.time.toReversed() }), /series A: candle 1: time/],
      [
        () =>
          measureEdge(
            [],
            [
              { id: 'A', series },
              { id: 'A', series },
            ],
            { horizons: [1], costPct: 0 },
          ),
        /series A comes twice/,
      ],
    ]
    for (const [refused, message] of refusals) {
      expect(refused).toThrow(PatternInputError)
      expect(refused).toThrow(message)
    }
  })
})
