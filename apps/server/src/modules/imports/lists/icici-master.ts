import type { Header } from '../header.ts'
import { findIndex } from '../index-names.ts'
import { isShareSeries } from '../nse-series.ts'
import { rejection, shown } from '../rejection.ts'
import { type FactReader, isRejection, kindOfIsin, parseIsin, single, text, toFact } from './fact.ts'

/**
 * Returns a reader of ICICI's code masters of NSE or BSE shares (upstreams.md §3.6), or null when the header is another's. They give the
 * Breeze codes; their tick sizes are useless (0.01 everywhere, on BSE the last price) and are not taken.
 */
export function iciciMasterReader(header: Header): FactReader | null {
  const column = (name: string) => header.find(name) ?? -1
  const isBse = header.has('ScripID', 'ScripCode')
  if (!header.has('Token', 'ShortName', 'CompanyName', 'ISINCode', 'ExchangeCode')) return null
  const [shortName, series, company] = [column('ShortName'), column('Series'), column('CompanyName')]
  const [isinColumn, symbolColumn, tokenColumn] = [column('ISINCode'), column('ExchangeCode'), column('Token')]
  const [scripCode] = [column('ScripCode')]
  return (cells) => {
    const code = text(cells[shortName])
    const isin = parseIsin(cells[isinColumn])
    if (isRejection(isin)) return isin
    if (code === null) return rejection('missing_value', 'no short name')
    const breeze = { upstream: 'breeze', name: isBse ? `BSE:${code}` : code }
    const name = text(cells[company])
    // Only rows without an ISIN can be indices; the token holds the full name, the exchange code is cut (`NIFTY MIDCAP`).
    const index = isin === null ? (findIndex(cells[tokenColumn] ?? '') ?? findIndex(cells[symbolColumn] ?? '')) : null
    if (index !== null)
      return single(toFact(isBse ? 'BSE' : 'NSE', index.slice(4), { kind: 'index', name, aliases: [breeze] }))
    if (isin === null) return rejection('not_an_instrument', `no ISIN for ${shown(code)}`)
    const told = { name, isin, kind: kindOfIsin(isin) }
    if (isBse) {
      const bseCode = { upstream: 'bse-code', name: `BSE:${(cells[scripCode] ?? '').trim()}` }
      return single(toFact('BSE', cells[symbolColumn] ?? '', { ...told, aliases: [breeze, bseCode] }))
    }
    const nseSeries = (cells[series] ?? '').trim()
    if (!isShareSeries(nseSeries)) return rejection('unknown_series', `series ${shown(nseSeries)}`)
    return single(toFact('NSE', cells[symbolColumn] ?? '', { ...told, series: nseSeries, aliases: [breeze] }))
  }
}
