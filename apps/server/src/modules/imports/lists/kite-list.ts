import type { Exchange, InstrumentKind } from '@banyan/domain'
import type { Header } from '../header.ts'
import type { InstrumentFact } from '../import-store.ts'
import { findIndex } from '../index-names.ts'
import { type Rejection, rejection, shown } from '../rejection.ts'
import { type FactReader, lotSize, single, text, tickSize, toExchange, toFact } from './fact.ts'

/** Series after the last dash whose rows are a share or trust under its plain symbol (upstreams.md §2.8). */
const shareSuffix = /-(BE|BZ|SM|ST|SZ|IV|RR)$/
/** Bonds, gold bonds, treasury bills, state loans: each is an instrument of its own and keeps its whole symbol. */
const bondSuffix = /-(SG|GS|GB|TB|SF|[NYZAB][0-9A-Z])$/
/** Partly paid shares, warrants and the like: neither the share nor a bond. */
const otherSuffix = /-(E1|W1|P1|X1|D1|RL|IT|ID|BL|IL)$/

/** Segment numbers of `instrument_token = exchange_token × 256 + segment`; indices have 9 on every exchange. */
const segmentNumbers: Partial<Record<Exchange, number>> = { NSE: 1, NFO: 2, CDS: 3, BSE: 4, BFO: 5, MCX: 7 }

/** Returns a reader of Kite's instrument list (upstreams.md §2.8), or null when the header is another's. */
export function kiteListReader(header: Header): FactReader | null {
  if (!header.has('instrument_token', 'exchange_token', 'tradingsymbol', 'segment', 'exchange')) return null
  const at = (name: string) => {
    const column = header.find(name)
    return (cells: readonly string[]) => (column === null ? undefined : cells[column])
  }
  const columns = {
    token: at('instrument_token'),
    exchangeToken: at('exchange_token'),
    symbol: at('tradingsymbol'),
    name: at('name'),
    tick: at('tick_size'),
    lot: at('lot_size'),
    type: at('instrument_type'),
    segment: at('segment'),
    exchange: at('exchange'),
  }
  return (cells) => {
    const exchange = toExchange(columns.exchange(cells))
    if (exchange === null) return rejection('not_an_instrument', `exchange ${shown(columns.exchange(cells) ?? '')}`)
    const isIndex = columns.segment(cells)?.trim() === 'INDICES'
    const token = Number(columns.token(cells))
    const segment = isIndex ? 9 : (segmentNumbers[exchange] ?? Number.NaN)
    if (token !== Number(columns.exchangeToken(cells)) * 256 + segment) {
      return rejection(
        'unparsable',
        `token ${shown(columns.token(cells) ?? '')} does not follow from the exchange token`,
      )
    }
    const written = (columns.symbol(cells) ?? '').trim()
    const told = {
      name: text(columns.name(cells)),
      tickSize: tickSize(columns.tick(cells)),
      aliases: aliasesOf(exchange, written, token),
    }
    if (isIndex) return single(indexFact(exchange, written, told))
    return single(tradedFact(exchange, written, columns.type(cells)?.trim() ?? '', lotSize(columns.lot(cells)), told))
  }
}

type Told = Pick<InstrumentFact, 'name' | 'tickSize' | 'aliases'>

/** Kite's own key is `EXCHANGE:SYMBOL`; like ours, a bare symbol means NSE. */
function aliasesOf(exchange: Exchange, symbol: string, token: number): InstrumentFact['aliases'] {
  return [
    { upstream: 'kite', name: exchange === 'NSE' ? symbol : `${exchange}:${symbol}` },
    { upstream: 'kite-token', name: String(token) },
  ]
}

function indexFact(exchange: Exchange, symbol: string, told: Told): InstrumentFact | Rejection {
  const known = findIndex(symbol)
  return toFact(exchange, known?.startsWith(`${exchange}:`) ? known.slice(exchange.length + 1) : symbol, {
    ...told,
    tickSize: null,
    kind: 'index',
  })
}

function tradedFact(
  exchange: Exchange,
  symbol: string,
  type: string,
  lot: number | null,
  told: Told,
): InstrumentFact | Rejection {
  if (type !== 'EQ') return derivativeFact(exchange, symbol, type, lot, told)
  const share = exchange === 'NSE' ? shareSuffix.exec(symbol) : null
  if (share) {
    const kind: InstrumentKind = /IV|RR/.test(share[1] ?? '') ? 'fund' : 'equity'
    return toFact(exchange, symbol.slice(0, -3), { ...told, kind, series: share[1] ?? null, lotSize: lot })
  }
  if (exchange === 'NSE' && otherSuffix.test(symbol)) return rejection('unknown_series', `symbol ${shown(symbol)}`)
  const kind = exchange === 'NSE' && bondSuffix.test(symbol) ? 'bond' : 'equity'
  const series = kind === 'bond' ? symbol.slice(-2) : exchange === 'NSE' ? 'EQ' : null
  return toFact(exchange, symbol, { ...told, kind, series, lotSize: lot })
}

function derivativeFact(exchange: Exchange, symbol: string, type: string, lot: number | null, told: Told) {
  const kind = type === 'FUT' ? 'future' : type === 'CE' || type === 'PE' ? 'option' : null
  if (kind === null) return rejection('not_an_instrument', `instrument type ${shown(type)}`)
  return toFact(exchange, symbol, { ...told, kind, lotSize: lot })
}
