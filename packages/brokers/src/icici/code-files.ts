import { isIsin, parseInstrumentId } from '@banyan/domain'
import Papa from 'papaparse'
import { readMost } from '../vendor-cells.ts'
import { type CashExchange, codeForm, type ListedCode } from './code-list.ts'

/** The files of the archive that hold what can be owned; the others list derivatives and currencies. */
export const codeFiles = { NSE: 'NSEScripMaster.txt', BSE: 'BSEScripMaster.txt' } as const satisfies Record<
  CashExchange,
  string
>

/** Series whose symbol is the share's own, best first (upstreams.md §3.6). */
const shareSeries = ['EQ', 'BE', 'SM', 'ST', 'BZ']

/** A row's cells by the name of their column, trimmed. */
type Cells = (column: string) => string

/** Reads one of {@link codeFiles}. Throws when it is another file, empty, or has more than 1 % of rows that are not understood. */
export function readCodeFile(exchange: CashExchange, text: string): readonly ListedCode[] {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',', skipEmptyLines: 'greedy' })
  const broken = new Set(errors.map((error) => error.row))
  const [header = [], ...rows] = data
  const columns = columnsOf(header)
  const symbolColumn = exchange === 'NSE' ? 'exchangecode' : 'scripid'
  for (const column of ['token', 'shortname', 'series', 'isincode', symbolColumn])
    if (!columns.has(column)) throw new Error(`${codeFiles[exchange]} has no column ${column}`)
  if (rows.length === 0) throw new Error(`${codeFiles[exchange]} has no rows`)
  const read = (cells: string[], index: number) => {
    // The header is row 0 to the parser.
    if (broken.has(index + 1) || cells.length !== header.length) throw new Error('the row does not fit its header')
    return readRow(exchange, (column) => (cells[columns.get(column) ?? -1] ?? '').trim(), symbolColumn)
  }
  return readMost([...rows.entries()], ([index, cells]) => read(cells, index)).rows
}

/** The header of the NSE file has spaces before its quotes, and the files do not spell alike. */
function columnsOf(header: readonly string[]): ReadonlyMap<string, number> {
  return new Map(header.map((cell, index) => [cell.replaceAll(/["\s]/g, '').toLowerCase(), index]))
}

function readRow(exchange: CashExchange, cell: Cells, symbolColumn: string): ListedCode {
  const code = cell('shortname').toUpperCase()
  if (!codeForm.test(code)) throw new Error('ShortName is not a code')
  const index = indexName(cell)
  if (index !== null) return { exchange, code, symbol: symbolOf(exchange, index), isin: null, rank: 0 }
  const isin = isinOf(cell('isincode'))
  const symbol = isin === null ? null : symbolOf(exchange, cell(symbolColumn))
  return { exchange, code, symbol, isin, rank: exchange === 'NSE' ? rankOf(cell('series')) : 0 }
}

/** An index has no ISIN, and its name stands where others have the exchange's number; its symbol column is cut. */
function indexName(cell: Cells): string | null {
  return cell('isincode') === '' && /[A-Za-z]/.test(cell('token')) ? cell('token') : null
}

/** Offers for sale are listed for some days under numbers that only look like an ISIN; some even pass its check. */
function isinOf(text: string): string | null {
  return isIsin(text) && !text.startsWith('INE000000') ? text : null
}

function symbolOf(exchange: CashExchange, text: string): string | null {
  return text === '' ? null : (parseInstrumentId(`${exchange}:${text}`)?.slice(exchange.length + 1) ?? null)
}

function rankOf(series: string): number | null {
  const rank = shareSeries.indexOf(series.toUpperCase())
  return rank === -1 ? null : rank
}
