import type { Header } from '../header.ts'
import { rejection } from '../rejection.ts'
import { type FactReader, isRejection, kindOfIsin, parseIsin, single, text, toFact } from './fact.ts'

/** Returns a reader of the index provider's member lists (`Company Name,Industry,Symbol,Series,ISIN Code`), or null. */
export function constituentsReader(header: Header): FactReader | null {
  const [company, industry] = [header.find('Company Name'), header.find('Industry')]
  const [symbol, series, isinColumn] = [header.find('Symbol'), header.find('Series'), header.find('ISIN Code')]
  if (company === null || industry === null || symbol === null || series === null || isinColumn === null) return null
  return (cells) => {
    const isin = parseIsin(cells[isinColumn])
    if (isRejection(isin)) return isin
    if (isin === null) return rejection('missing_value', 'no ISIN')
    const fact = toFact('NSE', cells[symbol] ?? '', {
      name: text(cells[company]),
      isin,
      kind: kindOfIsin(isin),
      series: text(cells[series]),
      sector: text(cells[industry]),
    })
    return single(fact)
  }
}
