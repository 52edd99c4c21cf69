import type { Header } from '../header.ts'
import type { InstrumentFact } from '../import-store.ts'
import { rejection } from '../rejection.ts'
import { type FactReader, isRejection, kindOfIsin, parseIsin, text, tickSize, toFact } from './fact.ts'

/** Returns a reader of a map by ISIN: `nse_symbol,isin,company,industry` with any of the upstreams' own names, or null. */
export function symbolMapReader(header: Header): FactReader | null {
  const [nse, isinColumn, company] = [header.find('nse_symbol'), header.find('isin'), header.find('company', 'name')]
  if (nse === null || isinColumn === null || company === null) return null
  const cell = (cells: readonly string[], name: string) => text(cells[header.find(name) ?? -1])
  return (cells) => {
    const isin = parseIsin(cells[isinColumn])
    if (isRejection(isin)) return isin
    if (isin === null) return rejection('missing_value', 'no ISIN')
    const shared = { name: text(cells[company]), isin, kind: kindOfIsin(isin), sector: cell(cells, 'industry') }
    const onNse = toFact('NSE', cells[nse] ?? '', {
      ...shared,
      tickSize: tickSize(cell(cells, 'kite_tick_size') ?? ''),
      aliases: aliases({
        'kite-token': cell(cells, 'kite_nse_token'),
        breeze: cell(cells, 'breeze_nse_code'),
        yahoo: cell(cells, 'yahoo_nse'),
      }),
    })
    if (isRejection(onNse)) return onNse
    const bseSymbol = cell(cells, 'bse_symbol')
    if (bseSymbol === null) return [onNse]
    const onBse = toFact('BSE', bseSymbol, {
      ...shared,
      aliases: aliases({
        'bse-code': prefixed(cell(cells, 'bse_scrip_code')),
        breeze: prefixed(cell(cells, 'breeze_bse_code')),
        'kite-token': cell(cells, 'kite_bse_token'),
        yahoo: cell(cells, 'yahoo_bse'),
      }),
    })
    return isRejection(onBse) ? onBse : [onNse, onBse]
  }
}

const prefixed = (name: string | null) => (name === null ? null : `BSE:${name}`)

function aliases(names: Record<string, string | null>): InstrumentFact['aliases'] {
  return Object.entries(names).flatMap(([upstream, name]) => (name === null ? [] : [{ upstream, name }]))
}
