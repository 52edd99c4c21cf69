import { bySymbolAndTime, type CandleRow, isPossible, toCandleRow, writeCandles } from './candle-row.ts'
import { readRows } from './csv-rows.ts'
import { indexSymbol } from './index-names.ts'
import { replayDate } from './replay-day.ts'

export interface IndexSeries {
  /** As the bundle writes it: bare for NSE, `BSE:SENSEX` for BSE. */
  readonly symbol: string
  readonly rows: readonly CandleRow[]
  readonly impossible: number
}

const columns = ['index', 'date', 'open', 'high', 'low', 'close', 'volume', 'source'] as const

/**
 * Returns the series one source gives, up to the replayed day, ascending by symbol. Only `nse:eod2` (GPL-3.0) and
 * `bse:habibsain` (MIT) may be asked for: every other row of the file is under terms that forbid passing it on.
 */
export function buildIndexSeries(indexDaily: string, source: 'nse:eod2' | 'bse:habibsain'): IndexSeries[] {
  const cells = readRows(indexDaily, columns).filter((row) => row.source === source && row.date <= replayDate)
  const bySymbol = Map.groupBy(cells, (row) => (source === 'nse:eod2' ? indexSymbol(row.index) : `BSE:${row.index}`))
  return [...bySymbol]
    .map(([symbol, rows]) => {
      const all = rows.map((row) => toCandleRow(symbol, row.date, row)).toSorted(bySymbolAndTime)
      const possible = all.filter(isPossible)
      return { symbol, rows: possible, impossible: all.length - possible.length }
    })
    .toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1))
}

/** Returns the file of all series. Its first column is `index`, so that a reader does not expect a volume. */
export function writeIndexSeries(series: readonly IndexSeries[]): string {
  return writeCandles(
    ['index', 'date'],
    series.flatMap((one) => one.rows),
  )
}
