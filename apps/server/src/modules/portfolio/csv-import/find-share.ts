import { type Exchange, type InstrumentId, parseInstrumentId } from '@banyan/domain'
import type { InstrumentsModule, StoredInstrument } from '../../instruments/index.ts'
import { readExchange, readIsin, readName } from './read-cell.ts'
import type { TableFormat } from './table-format.ts'
import type { RowReader } from './table-row.ts'

export type ShareDirectory = Pick<InstrumentsModule, 'list' | 'find' | 'findByUpstreamName'>

/** Which share a row is about. */
interface NamedShare {
  readonly exchange: Exchange
  readonly symbol: string
  readonly mapped: boolean
  readonly isin: string | null
  /** What the row itself says, whatever lists make of it: its exchange, and the ISIN or else the symbol. */
  readonly written: { readonly exchange: Exchange | null; readonly share: string }
}

export type FindShare = (row: RowReader, format: TableFormat) => NamedShare | null

type Market = 'NSE' | 'BSE'
const markets = ['NSE', 'BSE'] as const

/** Symbols of Kite end with the series of a share that is not in the normal one. */
const seriesSuffix = /-(BE|BZ|SM|ST|SZ|IV|RR|EQ)$/

/** Returns what finds shares by their ISIN, else by their symbol; it reports to the row and returns null when there is none. */
export function createShareFinder(instruments: ShareDirectory): FindShare {
  const listed = Map.groupBy(instruments.list().filter(isShare), ({ isin }) => isin ?? '')

  function ofIsin(isin: string, exchange: Exchange | null): StoredInstrument | null {
    const all = listed.get(isin) ?? []
    return all.find((one) => one.exchange === exchange) ?? all.find((one) => one.exchange === 'NSE') ?? all[0] ?? null
  }

  function ofSymbol(symbol: string, exchange: Exchange | null, { symbols }: TableFormat): StoredInstrument | null {
    const asked = exchange === null ? markets : markets.filter((market) => market === exchange)
    if (symbols === 'name') return null
    const find = symbols === 'icici' ? ofIciciCode : ofListedSymbol
    for (const market of asked) {
      const found = find(symbol, market)
      if (found !== null && isShare(found)) return found
    }
    return null
  }

  const ofIciciCode = (code: string, market: Market) =>
    instruments.findByUpstreamName('breeze', market === 'BSE' ? `BSE:${code}` : code)

  function ofListedSymbol(symbol: string, market: Market): StoredInstrument | null {
    const upper = symbol.toUpperCase()
    const names = [upper, upper.replace(seriesSuffix, '')]
    const ids = names.flatMap((name) => parseInstrumentId(`${market}:${name}`) ?? [])
    return firstFound(ids) ?? instruments.findByUpstreamName('kite', upper)
  }

  function firstFound(ids: readonly InstrumentId[]): StoredInstrument | null {
    for (const id of ids) {
      const found = instruments.find(id)
      if (found !== null) return found
    }
    return null
  }

  return (row, format) => {
    const before = row.problems.length
    const isin = row.read('isin', readIsin)
    const { symbol, market } = withoutMarket(row.read('symbol', readName))
    const exchange = row.read('exchange', readExchange) ?? market
    if (row.problems.length > before) return null
    if (isin === null && symbol === null)
      return row.refuse(null, 'names no share', 'Give its ISIN or its symbol at the exchange.')
    const byIsin = isin === null ? null : ofIsin(isin, exchange)
    const bySymbol = symbol === null ? null : ofSymbol(symbol, exchange, format)
    if (isContradiction(byIsin, bySymbol, format))
      return row.refuse('symbol', `is another share than ${isin}`, 'Correct the symbol or the ISIN.')
    const found = byIsin ?? bySymbol
    if (found === null && isin === null)
      return row.refuse('symbol', 'is in no list of instruments', 'Write the exchange’s symbol, or add a column isin.')
    const written = { exchange, share: isin ?? symbol ?? '' }
    if (found === null)
      return { exchange: exchange ?? 'NSE', symbol: symbol ?? written.share, mapped: false, isin, written }
    return { exchange: found.exchange, symbol: found.symbol, mapped: true, isin: found.isin ?? isin, written }
  }
}

/** An ISIN that no list knows may be the one before a split; two that are known are two shares. */
function isContradiction(
  byIsin: StoredInstrument | null,
  bySymbol: StoredInstrument | null,
  { symbols }: TableFormat,
): boolean {
  return symbols === 'exchange' && byIsin !== null && bySymbol?.isin != null && bySymbol.isin !== byIsin.isin
}

function isShare({ exchange, kind }: StoredInstrument): boolean {
  return (exchange === 'NSE' || exchange === 'BSE') && kind !== 'index'
}

/** `BSE:TCS` says the exchange, too. */
function withoutMarket(text: string | null): { readonly symbol: string | null; readonly market: Market | null } {
  const match = /^(NSE|BSE):\s*(.+)$/i.exec(text ?? '')
  if (match?.[2] === undefined) return { symbol: text, market: null }
  return { symbol: match[2], market: match[1]?.toUpperCase() === 'BSE' ? 'BSE' : 'NSE' }
}
