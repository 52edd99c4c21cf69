import { setImmediate } from 'node:timers/promises'
import {
  type Exchange,
  type InstrumentId,
  type InstrumentKind,
  parseTradingDate,
  type TradingDate,
} from '@banyan/domain'
import Papa from 'papaparse'
import { countDropped, readEach } from '../vendor-cells.ts'
import { tokenOf } from './instrument-token.ts'
import { canonicalId, exchangeOf, type ListedSymbol, readNseSymbol } from './listed-symbol.ts'

/** One row of the instrument list. */
export interface ZerodhaInstrument {
  /** What the ticker and the candles call it. Exchanges use a derivative's token again after its expiry: looked up, never stored. */
  readonly token: number
  readonly exchange: Exchange
  /** As the vendor writes it and wants it in a question: `IDEA-BE`, `Nifty500 Health`. */
  readonly tradingSymbol: string
  /** Of the plain symbol, upper case: `NSE:IDEA`. */
  readonly id: InstrumentId
  readonly name: string | null
  /** Null for what is none of this program's kinds: warrants, partly paid shares, indicative values. */
  readonly kind: InstrumentKind | null
  readonly series: string | null
  readonly expiry: TradingDate | null
  /** Of an option, rupees as decimal text; null for all else. */
  readonly strike: string | null
  readonly lotSize: number | null
  /** Smallest step of the price, rupees as decimal text; null for an index, which has none. */
  readonly tickSize: string | null
}

export interface InstrumentList {
  readonly instruments: readonly ZerodhaInstrument[]
  /** Rows left out because they could not be understood, at most 1 %. */
  readonly dropped: number
  /** Rows of exchanges this program does not know. */
  readonly foreign: number
}

const columns = [
  'instrument_token',
  'exchange_token',
  'tradingsymbol',
  'name',
  'expiry',
  'strike',
  'tick_size',
  'lot_size',
  'instrument_type',
  'segment',
  'exchange',
] as const
type Cells = Readonly<Record<(typeof columns)[number], string>>

/**
 * Reads the vendor's instrument list (upstreams.md §2.8), its columns by name. Rejects when the text is no such list or more than 1 % of
 * the rows are not understood: a number or the symbol missing, or a token that does not follow from the exchange token.
 */
export async function readInstrumentList(csv: string): Promise<InstrumentList> {
  const instruments: ZerodhaInstrument[] = []
  let [known, foreign] = [0, 0]
  for (const rows of rowsInPieces(csv)) {
    const ours = rows.filter(({ exchange }) => exchange === '' || exchangeOf(exchange) !== null)
    instruments.push(...readEach(ours, readRow))
    known += ours.length
    foreign += rows.length - ours.length
    await setImmediate()
  }
  if (known === 0) throw new Error('the instrument list is empty')
  return { instruments, dropped: countDropped(instruments.length, known), foreign }
}

/** The whole list has more than 100,000 rows: read in one go it would hold up everybody for half a second. */
const pieceLength = 1 << 17
/** A row longer than this has an open quote. */
const maxRowLength = 1 << 20

/** Papaparse's parser leaves an unfinished last row for the next piece. */
function* rowsInPieces(csv: string): Generator<readonly Cells[]> {
  const parser = new Papa.Parser({ delimiter: ',', newline: '\n' })
  const text = csv.replaceAll('\r\n', '\n')
  let toCells: ((row: readonly string[]) => Cells) | null = null
  let start = 0
  for (let end = 0; end < text.length; ) {
    end += pieceLength
    const parsed: Parsed = parser.parse(text.slice(start, end), 0, end < text.length)
    start += parsed.meta.cursor
    if (end < text.length && end - start > maxRowLength) throw new Error('a quote of the instrument list is not closed')
    const rows = parsed.data.filter((row) => row.length > 1)
    if (rows.length === 0) continue
    toCells ??= createCellReader(rows.shift() ?? [])
    yield rows.map(toCells)
  }
}

interface Parsed {
  readonly data: string[][]
  readonly meta: { readonly cursor: number }
}

function createCellReader(header: readonly string[]): (row: readonly string[]) => Cells {
  const missing = columns.filter((column) => !header.includes(column))
  if (missing.length > 0) throw new Error(`the instrument list has no column ${missing.join(', ')}`)
  const places = columns.map((column) => [column, header.indexOf(column)] as const)
  return (row) => Object.fromEntries(places.map(([column, place]) => [column, row[place] ?? ''])) as Cells
}

function readRow(cells: Cells): ZerodhaInstrument {
  const exchange = exchangeOf(cells.exchange)
  const isIndex = cells.segment === 'INDICES'
  const token = wholeNumber(cells.instrument_token)
  if (exchange === null || token !== tokenOf(exchange, isIndex, wholeNumber(cells.exchange_token))) {
    throw new Error('the token does not follow from the exchange token')
  }
  const tradingSymbol = cells.tradingsymbol.trim()
  const listed = isIndex ? indexSymbol(tradingSymbol) : tradedSymbol(exchange, tradingSymbol, cells)
  const id = canonicalId(exchange, listed.symbol)
  if (id === null) throw new Error('the symbol has not the form of one')
  return {
    token,
    exchange,
    tradingSymbol,
    id,
    name: cells.name.trim() || null,
    kind: listed.kind,
    series: listed.series,
    expiry: parseTradingDate(cells.expiry),
    strike: listed.kind === 'option' ? positiveDecimal(cells.strike) : null,
    lotSize: isIndex ? null : wholeNumber(cells.lot_size),
    tickSize: positiveDecimal(cells.tick_size),
  }
}

function indexSymbol(tradingSymbol: string): ListedSymbol {
  return { symbol: tradingSymbol.toUpperCase(), series: null, kind: 'index' }
}

function tradedSymbol(exchange: Exchange, tradingSymbol: string, cells: Cells): ListedSymbol {
  switch (cells.instrument_type) {
    case 'FUT':
      return { symbol: tradingSymbol.toUpperCase(), series: null, kind: 'future' }
    case 'CE':
    case 'PE':
      return { symbol: tradingSymbol.toUpperCase(), series: null, kind: 'option' }
    case 'EQ':
      return exchange === 'NSE' ? readNseSymbol(tradingSymbol) : otherCashSymbol(exchange, tradingSymbol, cells)
    default:
      throw new Error('the type of instrument is not known')
  }
}

/** BSE writes no series and lists its bonds among the shares; what it numbers from 500000 to 599999 are shares and funds. */
function otherCashSymbol(exchange: Exchange, tradingSymbol: string, cells: Cells): ListedSymbol {
  const isShare = exchange === 'BSE' && /^5\d{5}$/.test(cells.exchange_token)
  return { symbol: tradingSymbol.toUpperCase(), series: null, kind: isShare ? 'equity' : null }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new Error('a whole number is missing')
  return Number(text)
}

/** Returns the number as decimal text without needless zeros (`0.10` becomes `0.1`); null when it is 0. */
function positiveDecimal(text: string): string | null {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new Error('a number is missing')
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  return /^0*$/.test(trimmed) ? null : trimmed
}
