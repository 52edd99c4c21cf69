import { bySymbolAndTime, type CandleRow, isPossible, toCandleRow, writeCandles } from './candle-row.ts'
import { cuts } from './corporate-actions.ts'
import { readRows } from './csv-rows.ts'
import { toReplayBasis } from './price-basis.ts'
import { bundledShares, firstDate, replayDate } from './replay-day.ts'

/** What was taken of one share, and what was not. */
export interface DailySeries {
  readonly symbol: string
  /** Oldest first, on the replayed day's price basis. */
  readonly rows: readonly CandleRow[]
  /** Rows left out because no such bar can have happened. */
  readonly impossible: number
  /** Rows left out before the series is certain. */
  readonly cut: { readonly from: string; readonly rows: number; readonly reason: string } | null
}

/**
 * Prices under this are cut. The upstream rounds to 0.05 after dividing by later splits, so below 5 rupees one step of the grid is
 * more than 1 % and a day's change mostly rounding.
 */
const smallestPrice = 5

/** Returns the series of every bundled share, ascending by symbol. Throws when one has no row on the replayed day. */
export function buildDailySeries(eod2Daily: string): DailySeries[] {
  const columns = ['symbol', 'date', 'open', 'high', 'low', 'close', 'volume'] as const
  const bySymbol = Map.groupBy(readRows(eod2Daily, columns), (cells) => cells.symbol)
  return bundledShares.map((symbol) => {
    const rows = (bySymbol.get(symbol) ?? []).map((cells) => toCandleRow(symbol, cells.date, cells))
    const inRange = rows.filter((row) => row.time >= firstDate && row.time <= replayDate).toSorted(bySymbolAndTime)
    return trimSeries(symbol, inRange)
  })
}

/** Returns the file of all series. */
export function writeDailySeries(series: readonly DailySeries[]): string {
  return writeCandles(
    ['symbol', 'date'],
    series.flatMap((one) => one.rows),
  )
}

function trimSeries(symbol: string, inRange: readonly CandleRow[]): DailySeries {
  const possible = inRange.filter(isPossible)
  if (possible.at(-1)?.time !== replayDate) throw new Error(`${symbol} has no row on ${replayDate}.`)
  const cut = findCut(symbol, possible)
  const kept = possible.filter((row) => !cut || row.time >= cut.from)
  return {
    symbol,
    rows: kept.map(toReplayBasis),
    impossible: inRange.length - possible.length,
    cut: cut && { ...cut, rows: possible.length - kept.length },
  }
}

function findCut(symbol: string, rows: readonly CandleRow[]): { from: string; reason: string } | null {
  const uncertain = cuts.find((cut) => cut.symbol === symbol)
  if (uncertain) return uncertain
  const lastSmall = rows.findLastIndex((row) => row.close < smallestPrice)
  const from = rows[lastSmall + 1]?.time
  if (lastSmall === -1 || from === undefined) return null
  return { from, reason: `prices under ${smallestPrice} are rounded to 0.05: more than 1 %` }
}
