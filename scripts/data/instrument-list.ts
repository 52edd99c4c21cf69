import { isIsin } from '@banyan/domain'
import { readRows, writeRows } from './csv-rows.ts'
import { bseIndices, nseIndices } from './index-names.ts'
import { bundledShares } from './replay-day.ts'

const columns = [
  'exchange',
  'symbol',
  'name',
  'isin',
  'kind',
  'series',
  'sector',
  'lot_size',
  'tick_size',
  'aliases',
] as const
type ListedInstrument = Readonly<Record<(typeof columns)[number], string>>

/** Former symbols of listed companies whose business did not change with the name. */
const formerSymbols: ReadonlyMap<string, string> = new Map([
  ['ETERNAL', 'ZOMATO'],
  ['GMRAIRPORT', 'GMRINFRA'],
  ['LTM', 'LTIM'],
])

/** Fields that no list of class B tells stay empty, which means unknown. */
const unknown = { name: '', isin: '', series: '', sector: '', lot_size: '', tick_size: '', aliases: '' }

/**
 * Returns the instruments ordered by exchange and symbol: the companies of the NIFTY 750 list, bundled shares the list no longer
 * has, and the indices of `withRows`. Placeholders, whose ISIN has no valid check digit, are left out. TATAMOTORS stays a share of its
 * own without name and ISIN: TMPV carries its ISIN on, but is what was left of it after the demerger of 2025, at another price.
 */
export function listInstruments(
  companies: string,
  scripCodes: string,
  withRows: ReadonlySet<string>,
): ListedInstrument[] {
  const listed = listCompanies(companies, scripCodes)
  const known = new Set(listed.map((instrument) => instrument.symbol))
  const gone = bundledShares.filter((symbol) => !known.has(symbol))
  return [...listed, ...gone.map(goneShare), ...listIndices(withRows)].toSorted((a, b) =>
    `${a.exchange}:${a.symbol}` < `${b.exchange}:${b.symbol}` ? -1 : 1,
  )
}

/** Returns instruments.csv. */
export function writeInstruments(instruments: readonly ListedInstrument[]): string {
  return writeRows(columns, instruments)
}

function listCompanies(companies: string, scripCodes: string): ListedInstrument[] {
  const codes = new Map(readRows(scripCodes, ['isin', 'bse_scrip_code']).map((row) => [row.isin, row.bse_scrip_code]))
  return readRows(companies, ['Company Name', 'Industry', 'Symbol', 'Series', 'ISIN Code'])
    .filter((row) => isIsin(row['ISIN Code']))
    .map((row) => ({
      ...unknown,
      exchange: 'NSE',
      symbol: row['Symbol'],
      name: row['Company Name'],
      isin: row['ISIN Code'],
      kind: 'equity',
      series: row['Series'],
      sector: row['Industry'],
      aliases: shareAliases(row['Symbol'], codes.get(row['ISIN Code']) ?? ''),
    }))
}

function shareAliases(symbol: string, scripCode: string): string {
  const former = formerSymbols.get(symbol)
  const code = scripCode === '' ? [] : [`bse-code=BSE:${scripCode}`]
  return [...code, ...(former ? [`symbol=NSE:${former}`] : [])].join(';')
}

function goneShare(symbol: string): ListedInstrument {
  return { ...unknown, exchange: 'NSE', symbol, kind: 'equity' }
}

function listIndices(withRows: ReadonlySet<string>): ListedInstrument[] {
  const nse = nseIndices
    .filter((one) => withRows.has(one.symbol))
    .map((one) => ({
      ...unknown,
      exchange: 'NSE',
      symbol: one.symbol,
      name: one.name,
      kind: 'index',
      sector: one.sector ?? '',
      aliases: one.name === one.symbol ? '' : `eod2=${one.name}`,
    }))
  const bse = bseIndices.map((symbol) => ({ ...unknown, exchange: 'BSE', symbol, name: symbol, kind: 'index' }))
  return [...nse, ...bse]
}
