import { parseTradingDate, type TradingDate } from '@banyan/domain'
import Papa from 'papaparse'

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/** Columns that hold the day of a row, as the files write them. */
const dateColumns = ['DATE1', 'TRADDT', 'INDEX DATE']

/**
 * Returns the day a file is about, by the date column of its first row; null for a text that is no such file. On holidays the archive serves the
 * session before under the asked name, so the name tells nothing (upstreams.md §5.5).
 */
export function dateOfFile(text: string): TradingDate | null {
  const { data } = Papa.parse<string[]>(text.slice(0, 4_096), { preview: 2, skipEmptyLines: true })
  const [header = [], first = []] = data
  const at = header.findIndex((name) => dateColumns.includes(name.trim().toUpperCase()))
  return at === -1 ? null : readDate((first[at] ?? '').trim())
}

/** Reads `2026-08-21`, `21-Aug-2026` and `21-08-2026`. */
function readDate(text: string): TradingDate | null {
  const parts = /^(\d{2})-(\d{2}|[A-Za-z]{3})-(\d{4})$/.exec(text)
  if (parts === null) return parseTradingDate(text)
  const [, day, month = '', year] = parts
  const number = /^\d/.test(month) ? month : String(months.indexOf(month.toUpperCase()) + 1).padStart(2, '0')
  return parseTradingDate(`${year}-${number}-${day}`)
}
