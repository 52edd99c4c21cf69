import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type CandleSeries, sliceCandles } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { candlestickIds } from './candlestick-id.ts'
import { type Row, seriesOf } from './pattern-examples.suite.ts'
import { scanCandlesticks } from './scan-candlesticks.ts'

// What TA-Lib's C library returns for the same candles: every value other than 0, so every candle not listed must be 0.

const data = process.env['BANYAN_DEV_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data')
const golden = join(data, '../golden/talib')

interface GoldenSeries {
  readonly series: CandleSeries
  /** What the golden rows call each candle: its date or its index. */
  readonly labels: readonly string[]
}

const sets: Readonly<Record<string, () => Map<string, GoldenSeries>>> = {
  eod2: readDailyCandles,
  stress: () => new Map([['STRESS', readGeneratedCandles('stress')]]),
  directed: () => new Map([['DIRECTED', readGeneratedCandles('directed')]]),
}

describe.each(Object.entries(sets))('on the %s candles', (name, readCandles) => {
  const candles = readCandles()
  const expected = readExpected(name)
  const scans = new Map([...candles].map(([symbol, { series }]) => [symbol, scanCandlesticks(series)]))

  it.each(candlestickIds)('%s is TA-Lib’s to the last value', (id) => {
    for (const [symbol, { labels }] of candles) {
      const rows = expected.get(`${symbol} ${id}`) ?? new Map<string, number>()
      const values = [...(scans.get(symbol)?.values(id) ?? [])]
      expect(values).toEqual(labels.map((label) => rows.get(label) ?? 0))
      expect(values.filter((value) => value !== 0)).toHaveLength(rows.size)
    }
  })

  it('knows all symbols of the golden rows', () => {
    const symbols = new Set([...expected.keys()].map((key) => key.split(' ')[0]))
    expect([...candles.keys()].sort()).toEqual([...symbols].sort())
  })

  it('is not repainted by candles that follow', () => {
    for (const [symbol, { series }] of candles) {
      for (let end = 37; end < series.time.length; end += 997) {
        const cut = scanCandlesticks(sliceCandles(series, 0, end))
        for (const id of candlestickIds) expect(cut.values(id)).toEqual(scans.get(symbol)?.values(id).subarray(0, end))
      }
    }
  })
})

function readExpected(name: string): Map<string, Map<string, number>> {
  const expected = new Map<string, Map<string, number>>()
  for (const [symbol = '', pattern = '', label = '', value = ''] of readRows(join(golden, `${name}.csv.gz`))) {
    const key = `${symbol} ${pattern}`
    const values = expected.get(key) ?? new Map<string, number>()
    expected.set(key, values.set(label, Number(value)))
  }
  return expected
}

function readGeneratedCandles(name: string): GoldenSeries {
  const rows = readRows(join(golden, `${name}.candles.csv.gz`))
  return { series: seriesOf(rows.map((row) => priceRow(row.slice(1)))), labels: rows.map(([index = '']) => index) }
}

/** Reads the symbols that have golden rows, in file order. */
function readDailyCandles(): Map<string, GoldenSeries> {
  const wanted = new Set(readRows(join(golden, 'eod2.csv.gz')).map(([symbol]) => symbol))
  const bySymbol = Map.groupBy(
    readRows(join(data, 'daily/eod2_nse_1995_2023-05.csv.gz')).filter(([symbol]) => wanted.has(symbol)),
    ([symbol = '']) => symbol,
  )
  const toGolden = (rows: string[][]): GoldenSeries => ({
    series: seriesOf(rows.map((row) => priceRow(row.slice(2)))),
    labels: rows.map(([, date = '']) => date),
  })
  return new Map([...bySymbol].map(([symbol, rows]) => [symbol, toGolden(rows)]))
}

function priceRow([open, high, low, close]: readonly string[]): Row {
  return [Number(open), Number(high), Number(low), Number(close)]
}

function readRows(path: string): string[][] {
  let text: string
  try {
    text = gunzipSync(readFileSync(path)).toString()
  } catch (cause) {
    throw new Error('golden data not present', { cause })
  }
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
}
