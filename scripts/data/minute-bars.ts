import { bySymbolAndTime, type CandleRow, isPossible, toCandleRow } from './candle-row.ts'
import { readRows } from './csv-rows.ts'
import { minuteSessions } from './replay-day.ts'

const columns = ['symbol', 'timestamp', 'open', 'high', 'low', 'close', 'volume'] as const

/** Returns the bars of the bundled sessions, ordered by symbol and time. Throws on an impossible bar: the input has none. */
export function buildMinuteBars(text: string): CandleRow[] {
  const rows = readRows(text, columns)
    .filter((cells) => minuteSessions.has(cells.timestamp.slice(0, 10)))
    .map((cells) => toCandleRow(cells.symbol, cells.timestamp, cells))
  const impossible = rows.find((row) => !isPossible(row))
  if (impossible) throw new Error(`${impossible.symbol} ${impossible.time}: impossible bar.`)
  return rows.toSorted(bySymbolAndTime)
}
