import type { MasterRow } from './master-file.ts'

interface OddRow {
  readonly token: string
  readonly code: string
  readonly series: string
  readonly company: string
  readonly isin: string
  readonly symbol: string
}

// Companies that do not exist; their ISINs have a right check digit.
const oddRows: readonly OddRow[] = [
  // Delisted long ago: no number of the exchange is left.
  {
    token: '0',
    code: 'BANPLY',
    series: 'EQ',
    company: 'BANYAN PLYWOOD LTD',
    isin: 'INE911X01012',
    symbol: 'BANYANPLY',
  },
  {
    token: '0',
    code: 'NEETEX',
    series: 'BE',
    company: 'NEEM TEXTILES LIMITED',
    isin: 'INE912X01010',
    symbol: 'NEEMTEX',
  },
  {
    token: 'NA',
    code: 'CAFPEE',
    series: 'EQ',
    company: 'CAFÉ PEEPAL, "THE" LIMITED',
    isin: 'INE913X01018',
    symbol: 'CAFEPEEPAL',
  },
  { token: 'nul', code: 'TEAKWD', series: 'BZ', company: 'TEAKWOOD LTD', isin: 'INE914X01016', symbol: 'TEAKWOOD' },
  { token: 'X9911', code: 'SALWOO', series: 'EQ', company: 'SAL WOODS LTD', isin: '', symbol: 'SALWOOD' },
  // Offers for sale, listed for some days under numbers that only look like ISINs.
  { token: 'NA', code: 'OFSBAN', series: 'IS', company: 'BANYAN TREES OFS', isin: 'INE000000013', symbol: 'BANYANOFS' },
  { token: 'OFS', code: 'OFSNEE', series: 'IS', company: 'NEEM TREES OFS', isin: 'INE000000021', symbol: 'NEEMOFS' },
]

/** Returns rows of the NSE file that stand for nothing that trades, as the vendor's file has them (upstreams.md §3.6). All invented. */
export function oddNseRows(): readonly MasterRow[] {
  return oddRows.map(({ token, code, series, company, isin, symbol }) => ({
    Token: token,
    ShortName: code,
    Series: series,
    CompanyName: company,
    ticksize: 0.01,
    Lotsize: 1,
    FaceValue: 10,
    ISINCode: isin,
    ExchangeCode: symbol,
  }))
}
