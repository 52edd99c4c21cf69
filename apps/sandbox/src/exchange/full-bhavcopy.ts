import { dayNumberOf, type TradingDate } from '@banyan/domain'
import { createNoise } from '../core/seeded-noise.ts'
import { isNseCash, type SessionRow, type SessionRowsParts, sessionRows } from './session-rows.ts'
import { spelledDate } from './spelled-date.ts'

const columns =
  'SYMBOL, SERIES, DATE1, PREV_CLOSE, OPEN_PRICE, HIGH_PRICE, LOW_PRICE, LAST_PRICE, CLOSE_PRICE, AVG_PRICE, TTL_TRD_QNTY, TURNOVER_LACS, NO_OF_TRADES, DELIV_QTY, DELIV_PER'

/** Returns `sec_bhavdata_full_DDMMYYYY.csv`: a space before every cell but the first, no ISIN, turnover in 100,000 rupees. */
export function fullBhavcopy(parts: SessionRowsParts, date: TradingDate): string {
  const lines = sessionRows(parts, date, isNseCash).map((row) => cellsOf(row, date, parts.seed).join(', '))
  return [columns, ...lines, ''].join('\n')
}

function cellsOf(row: SessionRow, date: TradingDate, seed: number): readonly string[] {
  const { instrument, prevClose, open, high, low, close, average, volume, turnover, trades } = row
  return [
    instrument.symbol,
    instrument.series ?? '',
    spelledDate(date),
    ...[prevClose, open, high, low, close, close, average].map((price) => price.toFixed(2)),
    String(volume),
    (turnover / 100_000).toFixed(2),
    String(trades),
    ...deliveryCells(row, date, seed),
  ]
}

const debtSeries: readonly string[] = ['SG', 'GB', 'GS', 'TB', 'N0']

/** Nothing is told of trade-for-trade and small companies (`-`) and of debt (blank). */
function deliveryCells({ instrument, volume }: SessionRow, date: TradingDate, seed: number): readonly [string, string] {
  const { series } = instrument
  if (series !== null && debtSeries.includes(series)) return ['', '']
  if (series !== 'EQ' || volume === 0) return ['-', '-']
  const noise = createNoise(seed, `exchange/delivery/${instrument.id}`)
  const delivered = Math.round(volume * (0.5 + 0.2 * noise.at(dayNumberOf(date))))
  return [String(delivered), ((delivered / volume) * 100).toFixed(2)]
}
