import {
  type Exchange,
  exchanges,
  type InstrumentId,
  type InstrumentKind,
  instrumentId,
  isIsin,
  parseInstrumentId,
} from '@banyan/domain'
import type { InstrumentFact } from '../import-store.ts'
import { type Rejection, rejection, shown } from '../rejection.ts'

/** Reads one row of an instrument list: what it says about one or two instruments, or why it makes none. */
export type FactReader = (cells: readonly string[]) => readonly InstrumentFact[] | Rejection

type Told = Partial<Omit<InstrumentFact, 'id' | 'exchange' | 'symbol'>>

/** Returns a fact with null for everything not told; a symbol that cannot be an ID gives a rejection. */
export function toFact(exchange: Exchange, symbolText: string, told: Told): InstrumentFact | Rejection {
  const symbol = symbolText.trim().toUpperCase()
  if (symbol === '') return rejection('missing_value', 'no symbol')
  if (parseInstrumentId(`${exchange}:${symbol}`) === null) {
    return rejection('not_an_instrument', `symbol ${shown(symbol)}`)
  }
  return {
    id: instrumentId(exchange, symbol),
    exchange,
    symbol,
    name: told.name ?? null,
    isin: told.isin ?? null,
    kind: told.kind ?? 'equity',
    series: told.series ?? null,
    sector: told.sector ?? null,
    lotSize: told.lotSize ?? null,
    tickSize: told.tickSize ?? null,
    aliases: told.aliases ?? [],
  }
}

/** Returns the ISIN of a cell, null for a blank one, a rejection for anything else: placeholders make no instrument. */
export function parseIsin(cell: string | undefined): string | null | Rejection {
  const text = (cell ?? '').trim().toUpperCase()
  if (text === '' || text === '-' || text === '0') return null
  return isIsin(text) ? text : rejection('not_an_instrument', `ISIN ${shown(text)}`)
}

/** Fund units have ISINs beginning `INF`. */
export function kindOfIsin(isin: string | null): InstrumentKind {
  return isin?.startsWith('INF') ? 'fund' : 'equity'
}

/** Returns the trimmed text of a cell, null when blank. */
export function text(cell: string | undefined): string | null {
  const trimmed = (cell ?? '').trim()
  return trimmed === '' ? null : trimmed
}

/** Returns a price step as a plain decimal string; null for 0, which lists write for "none", and for what is no number. */
export function tickSize(cell: string | undefined): string | null {
  const value = Number(text(cell) ?? '0')
  return value > 0 && value < 1e6 ? value.toFixed(6).replace(/\.?0+$/, '') : null
}

/** Returns a lot size; null for 0 and for what is no whole number. */
export function lotSize(cell: string | undefined): number | null {
  const value = Number(text(cell) ?? '0')
  return Number.isSafeInteger(value) && value > 0 ? value : null
}

export function toExchange(cell: string | undefined): Exchange | null {
  return exchanges.find((exchange) => exchange === cell?.trim().toUpperCase()) ?? null
}

/** Tells a rejection from what a reader gives otherwise. */
export function isRejection(value: unknown): value is Rejection {
  return typeof value === 'object' && value !== null && 'reason' in value && 'detail' in value
}

/** Wraps one fact for a reader that gives one per row. */
export function single(fact: InstrumentFact | Rejection): readonly InstrumentFact[] | Rejection {
  return isRejection(fact) ? fact : [fact]
}

/** Returns exchange and symbol of an ID. */
export function splitId(id: InstrumentId): readonly [Exchange, string] {
  const at = id.indexOf(':')
  return [id.slice(0, at) as Exchange, id.slice(at + 1)]
}
