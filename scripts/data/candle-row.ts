/** A bar as its file writes it; prices in rupees. */
export interface CandleRow {
  readonly symbol: string
  /** `YYYY-MM-DD` of a day, or an ISO timestamp with offset of a minute. */
  readonly time: string
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** Null where the source has none. */
  readonly volume: number | null
}

/** Tells whether a bar can have happened: prices above zero, open and close between low and high, volume not negative. */
export function isPossible(row: CandleRow): boolean {
  const { open, high, low, close, volume } = row
  const prices = [open, high, low, close, volume ?? 0]
  if (!prices.every(Number.isFinite) || low <= 0 || (volume ?? 0) < 0) return false
  return low <= Math.min(open, close) && high >= Math.max(open, close)
}

/** Returns the row from cells; an empty volume is null, anything else that is no number becomes NaN and so an impossible bar. */
export function toCandleRow(
  symbol: string,
  time: string,
  cells: Readonly<Record<'open' | 'high' | 'low' | 'close' | 'volume', string>>,
): CandleRow {
  return {
    symbol,
    time,
    open: toNumber(cells.open),
    high: toNumber(cells.high),
    low: toNumber(cells.low),
    close: toNumber(cells.close),
    volume: cells.volume === '' ? null : toNumber(cells.volume),
  }
}

/** Returns the CSV text of rows already in order under the names of the first two columns; numbers in their shortest form. */
export function writeCandles(
  [symbolColumn, timeColumn]: readonly ['symbol' | 'index', 'date' | 'timestamp'],
  rows: readonly CandleRow[],
): string {
  const lines = rows.map(
    (row) => `${row.symbol},${row.time},${row.open},${row.high},${row.low},${row.close},${row.volume ?? ''}`,
  )
  return `${[`${symbolColumn},${timeColumn},open,high,low,close,volume`, ...lines].join('\n')}\n`
}

/** Orders rows by symbol, then time. */
export function bySymbolAndTime(a: CandleRow, b: CandleRow): number {
  return compare(a.symbol, b.symbol) || compare(a.time, b.time)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function toNumber(cell: string): number {
  return cell.trim() === '' ? Number.NaN : Number(cell)
}
