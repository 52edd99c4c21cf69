import type { TradingDate } from '@banyan/domain'
import { csvText } from './csv-text.ts'
import { isNseCash, type SessionRow, type SessionRowsParts, sessionRows } from './session-rows.ts'
import { spelledDate } from './spelled-date.ts'

const columns = [
  ...['SYMBOL', 'SERIES', 'OPEN', 'HIGH', 'LOW', 'CLOSE', 'LAST', 'PREVCLOSE'],
  ...['TOTTRDQTY', 'TOTTRDVAL', 'TIMESTAMP', 'TOTALTRADES', 'ISIN'],
] as const

/** Returns `cmDDMONYYYYbhav.csv`, NSE's file until 2024-07-05; values in rupees. */
export function oldBhavcopy(parts: SessionRowsParts, date: TradingDate): string {
  return csvText([columns, ...sessionRows(parts, date, isNseCash).map((row) => cellsOf(row, date))])
}

function cellsOf(row: SessionRow, date: TradingDate): readonly (string | number)[] {
  const { instrument, open, high, low, close, prevClose, volume, turnover, trades } = row
  return [
    instrument.symbol,
    instrument.series ?? '',
    ...[open, high, low, close, close, prevClose].map((price) => price.toFixed(2)),
    volume,
    turnover.toFixed(2),
    spelledDate(date).toUpperCase(),
    trades,
    instrument.isin ?? '',
  ]
}
