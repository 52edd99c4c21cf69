import { sliceCandles } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PatternInputError } from '../pattern-input-error.ts'
import { arbitraryRows, arbitraryTies } from './arbitrary-rows.suite.ts'
import { candlestickIds } from './candlestick-id.ts'
import { candlestickRules } from './candlestick-patterns.ts'
import { type Row, seriesOf } from './pattern-examples.suite.ts'
import { type CandlestickScan, scanCandlesticks } from './scan-candlesticks.ts'

const calm: Row[] = Array.from({ length: 14 }, (_, i) => (i % 2 === 0 ? [100, 103, 99, 102] : [102, 103, 99, 100]))

function everyValue(scan: CandlestickScan): number[][] {
  return candlestickIds.map((id) => [...scan.values(id)])
}

describe('a scan', () => {
  it('never repaints: candles that follow change no value of any pattern', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryRows(90), arbitraryTies(60)), (rows) => {
        const series = seriesOf(rows)
        const whole = everyValue(scanCandlesticks(series))
        for (let end = 0; end <= rows.length; end++) {
          const part = everyValue(scanCandlesticks(sliceCandles(series, 0, end)))
          expect(part).toEqual(whole.map((values) => values.slice(0, end)))
        }
      }),
      { numRuns: 25 },
    )
  })

  it('gives the same answer twice and leaves the series as it was', () => {
    fc.assert(
      fc.property(arbitraryRows(300), (rows) => {
        const series = seriesOf(rows)
        const first = everyValue(scanCandlesticks(series))
        expect(everyValue(scanCandlesticks(series))).toEqual(first)
        expect(series).toEqual(seriesOf(rows))
      }),
    )
  })

  it('does not depend on the unit of price: doubling or halving all prices changes nothing, as it is exact', () => {
    fc.assert(
      fc.property(arbitraryRows(300), fc.integer({ min: -8, max: 8 }), (rows, power) => {
        const times = (price: number) => price * 2 ** power
        const scaled = rows.map((row): Row => [times(row[0]), times(row[1]), times(row[2]), times(row[3])])
        expect(everyValue(scanCandlesticks(seriesOf(scaled)))).toEqual(everyValue(scanCandlesticks(seriesOf(rows))))
      }),
    )
  })

  it('gives a pattern only the values of its forms, twice that for a confirmation, and 0 within the look-back', () => {
    fc.assert(
      fc.property(arbitraryRows(300), (rows) => {
        const scan = scanCandlesticks(seriesOf(rows))
        for (const { id, forms, aftermath, lookBack } of candlestickRules) {
          const allowed = new Set([0, ...forms.flatMap(({ value }) => (aftermath ? [value, 2 * value] : [value]))])
          const values = scan.values(id)
          expect(values).toHaveLength(rows.length)
          expect(values.every((value) => allowed.has(value))).toBe(true)
          expect(values.subarray(0, lookBack).every((value) => value === 0)).toBe(true)
        }
      }),
    )
  })

  it('lists as hits exactly the values other than 0, by index, then in TA-Lib’s order of names', () => {
    fc.assert(
      fc.property(arbitraryRows(300), (rows) => {
        const scan = scanCandlesticks(seriesOf(rows))
        const expected = rows.flatMap((_, index) =>
          candlestickIds
            .map((pattern) => ({ pattern, index, value: scan.values(pattern)[index] ?? 0 }))
            .filter(({ value }) => value !== 0),
        )
        expect(scan.hits()).toEqual(expected)
      }),
    )
  })

  it('finds the same for a few patterns as for all', () => {
    fc.assert(
      fc.property(arbitraryRows(200), fc.subarray([...candlestickIds]), (rows, patterns) => {
        const series = seriesOf(rows)
        const [all, few] = [scanCandlesticks(series), scanCandlesticks(series, { patterns })]
        for (const id of patterns) expect(few.values(id)).toEqual(all.values(id))
        expect(few.hits()).toEqual(all.hits().filter(({ pattern }) => patterns.includes(pattern)))
      }),
    )
  })
})

describe('penetration', () => {
  const rows: Row[] = [...calm, [105, 105.5, 99.5, 100], [98.5, 99.5, 97.5, 99], [98, 102, 97.5, 101.5]]

  it('of the caller takes the place of the default', () => {
    const series = seriesOf(rows)
    expect(scanCandlesticks(series).values('CDLMORNINGSTAR').at(-1)).toBe(0)
    const shallow = scanCandlesticks(series, { penetration: { CDLMORNINGSTAR: 0.25 } })
    expect(shallow.values('CDLMORNINGSTAR').at(-1)).toBe(100)
  })

  it.each([-0.1, Number.NaN, Number.POSITIVE_INFINITY])('of %s is refused', (value) => {
    expect(() => scanCandlesticks(seriesOf(rows), { penetration: { CDLMORNINGSTAR: value } })).toThrow(
      PatternInputError,
    )
  })

  it('is refused for a pattern that knows none', () => {
    expect(() => scanCandlesticks(seriesOf(rows), { penetration: { CDLDOJI: 0.3 } })).toThrow(/CDLDOJI knows none/)
  })
})

describe('input that holds no pattern', () => {
  it('is an empty answer for a series without candles', () => {
    const scan = scanCandlesticks(seriesOf([]))
    expect(scan.hits()).toEqual([])
    for (const id of candlestickIds) expect(scan.values(id)).toHaveLength(0)
  })

  it('is 0 throughout for a series no longer than the look-back', () => {
    for (const { id, lookBack } of candlestickRules) {
      const rows = Array.from({ length: lookBack }, (): Row => [100, 100, 100, 100])
      expect([...scanCandlesticks(seriesOf(rows)).values(id)]).toEqual(rows.map(() => 0))
    }
  })

  it('is refused as it should be: a series out of order, an unknown pattern, a pattern that was not asked for', () => {
    const series = seriesOf(calm)
    expect(() => scanCandlesticks({ ...series, time: series.time.toReversed() })).toThrow(PatternInputError)
    expect(() => scanCandlesticks(series, { patterns: ['CDLNONE' as 'CDLDOJI'] })).toThrow(/unknown .* CDLNONE/)
    expect(() => scanCandlesticks(series, { patterns: ['CDLDOJI'] }).values('CDLHAMMER')).toThrow(PatternInputError)
  })
})
