import type { TradingDate } from '@banyan/domain'
import type { SandboxInstrument, SandboxMarket } from '../core/upstream.ts'
import { csvText } from './csv-text.ts'
import { spelledDate } from './spelled-date.ts'

/** Renames as they happened (upstreams.md §5.3), of shares the market has. */
const renames = [
  { from: 'ZOMATO', fromName: 'Zomato Limited', to: 'ETERNAL', date: '2025-04-09' },
  { from: 'TATAMOTORS', fromName: 'Tata Motors Limited', to: 'TMPV', date: '2025-10-24' },
] as const

const companySeries: readonly (string | null)[] = ['EQ', 'BE', 'BZ']

/** Returns `EQUITY_L.csv`: the shares listed on a date. Spaces stand before some names of its columns. Face values are invented. */
export function equityList(market: SandboxMarket, on: TradingDate): string {
  const header = ['SYMBOL', 'NAME OF COMPANY', ' SERIES', ' DATE OF LISTING', ' PAID UP VALUE', ' MARKET LOT']
  const rows = companiesOn(market, on).map(({ symbol, name, series, listedOn, isin }) => {
    const listed = spelledDate(listedOn).toUpperCase()
    return [symbol, name ?? '', series ?? '', listed, faceValue, 1, isin ?? '', faceValue]
  })
  return csvText([[...header, ' ISIN NUMBER', ' FACE VALUE'], ...rows])
}

const faceValue = 10

/** Returns `symbolchange.csv`: company, old symbol, new symbol, date; it has no header. */
export function symbolChanges(market: SandboxMarket, on: TradingDate): string {
  return csvText(
    renamedBy(market, on).map(({ company, from, to, date }) => [
      (company.name ?? to).toUpperCase(),
      from,
      to,
      spelledDate(date).toUpperCase(),
    ]),
  )
}

/** Returns `namechange.csv`. */
export function nameChanges(market: SandboxMarket, on: TradingDate): string {
  const rows = renamedBy(market, on).map(({ company, fromName, to, date }) => [
    to,
    fromName,
    company.name ?? to,
    spelledDate(date).toUpperCase(),
  ])
  return csvText([['NCH_SYMBOL', 'NCH_PREV_NAME', 'NCH_NEW_NAME', 'NCH_DT'], ...rows])
}

function renamedBy(market: SandboxMarket, on: TradingDate) {
  const companies = companiesOn(market, on)
  return renames
    .filter(({ date }) => date <= on)
    .flatMap((rename) => {
      const company = companies.find(({ symbol }) => symbol === rename.to)
      return company === undefined ? [] : [{ ...rename, company }]
    })
}

function companiesOn(market: SandboxMarket, on: TradingDate): readonly SandboxInstrument[] {
  return market
    .instruments(on)
    .filter(({ exchange, kind, series, isin }) => {
      return exchange === 'NSE' && kind === 'equity' && isin !== null && companySeries.includes(series)
    })
    .sort((a, b) => (a.symbol < b.symbol ? -1 : 1))
}
