import { dayNumberOf, type TradingDate } from '@banyan/domain'
import { createNoise } from '../core/seeded-noise.ts'
import { csvText } from './csv-text.ts'
import { type SessionRow, type SessionRowsParts, sessionRows } from './session-rows.ts'

const columns = [
  ...['Index Name', 'Index Date', 'Open Index Value', 'High Index Value', 'Low Index Value', 'Closing Index Value'],
  ...['Points Change', 'Change(%)', 'Volume', 'Turnover (Rs. Cr.)', 'P/E', 'P/B', 'Div Yield'],
] as const

/** The index provider spells names out, which brokers cut. By symbol; others are written as words. */
const providerNames: Readonly<Record<string, string>> = {
  'INDIA VIX': 'India VIX',
  'NIFTY IT': 'Nifty IT',
  'NIFTY FIN SERVICE': 'Nifty Financial Services',
  'NIFTY500 HEALTH': 'Nifty500 Healthcare',
}

/** Names until 2015-11-08. */
const formerNames: Readonly<Record<string, string>> = {
  'NIFTY 50': 'CNX Nifty',
  'NIFTY BANK': 'CNX Bank',
  'NIFTY IT': 'CNX IT',
  'NIFTY FIN SERVICE': 'CNX Finance',
}
const renamedOn: TradingDate = '2015-11-09'

/** Returns `ind_close_all_DDMMYYYY.csv`; `-` is none. */
export function indexCloses(parts: SessionRowsParts, date: TradingDate): string {
  const rows = sessionRows(parts, date, ({ exchange, kind }) => exchange === 'NSE' && kind === 'index')
  return csvText([columns, ...rows.map((row) => cellsOf(row, date, parts.seed))])
}

function cellsOf(row: SessionRow, date: TradingDate, seed: number): readonly string[] {
  const { instrument, open, high, low, close, prevClose } = row
  const change = close - prevClose
  return [
    nameOf(instrument.symbol, date),
    `${date.slice(8)}-${date.slice(5, 7)}-${date.slice(0, 4)}`,
    ...[open, high, low, close, change, (change / prevClose) * 100].map((value) => value.toFixed(2)),
    ...valuationCells(instrument.symbol, date, seed),
  ]
}

/** Volume, turnover in crore, P/E, P/B and yield. Invented; there is none of a volatility, and of a new index no valuation. */
function valuationCells(symbol: string, date: TradingDate, seed: number): readonly string[] {
  if (symbol === 'INDIA VIX') return ['-', '-', '-', '-', '-']
  const noise = createNoise(seed, `exchange/index/${symbol}`)
  const around = (base: number, place: number) => base * (1 + 0.1 * noise.smooth(dayNumberOf(date) / 30 + place * 1000))
  const traded = [String(Math.round(around(3e8, 1))), around(24_000, 2).toFixed(2)]
  if (symbol === 'NIFTY500 HEALTH') return [...traded, '-', '-', '-']
  return [...traded, around(22, 3).toFixed(2), around(3.4, 4).toFixed(2), around(1.3, 5).toFixed(2)]
}

function nameOf(symbol: string, date: TradingDate): string {
  const former = date < renamedOn ? formerNames[symbol] : undefined
  return former ?? providerNames[symbol] ?? asWords(symbol)
}

function asWords(symbol: string): string {
  return symbol.toLowerCase().replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase())
}
