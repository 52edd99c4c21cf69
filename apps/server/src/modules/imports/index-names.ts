import { type InstrumentId, instrumentId } from '@banyan/domain'

/**
 * Indices whose symbol is Kite's tradingsymbol, because that is the shortest list everybody maps to (upstreams.md §5.3). All other
 * spellings stand in `spellings`.
 */
const nseIndices = [
  ...['NIFTY 50', 'NIFTY NEXT 50', 'NIFTY 100', 'NIFTY 200', 'NIFTY 500', 'NIFTY MIDCAP 50', 'NIFTY MIDCAP 100'],
  ...['NIFTY MIDCAP 150', 'NIFTY MID SELECT', 'NIFTY SMLCAP 50', 'NIFTY SMLCAP 100', 'NIFTY SMLCAP 250'],
  ...['NIFTY MICROCAP250', 'NIFTY TOTAL MKT', 'NIFTY LARGEMID250', 'NIFTY MIDSML 400', 'INDIA VIX'],
  ...['NIFTY BANK', 'NIFTY IT', 'NIFTY AUTO', 'NIFTY PHARMA', 'NIFTY FMCG', 'NIFTY METAL', 'NIFTY MEDIA'],
  ...['NIFTY REALTY', 'NIFTY ENERGY', 'NIFTY PSU BANK', 'NIFTY PVT BANK', 'NIFTY FIN SERVICE', 'NIFTY HEALTHCARE'],
  ...['NIFTY CONSR DURBL', 'NIFTY OIL AND GAS', 'NIFTY INFRA', 'NIFTY MNC', 'NIFTY PSE', 'NIFTY CPSE'],
  ...['NIFTY COMMODITIES', 'NIFTY CONSUMPTION', 'NIFTY SERV SECTOR', 'NIFTY DIV OPPS 50'],
]

const bseIndices = ['SENSEX', 'BANKEX']

/** Other spellings, without their spaces: the index provider's full names, former names, tickers of data vendors. */
const spellings: Record<string, string> = {
  NIFTY: 'NIFTY 50',
  SPCNXNIFTY: 'NIFTY 50',
  CNXNIFTY: 'NIFTY 50',
  '^NSEI': 'NIFTY 50',
  NIFTYJR: 'NIFTY NEXT 50',
  NIFTYJUNIOR: 'NIFTY NEXT 50',
  CNXNIFTYJUNIOR: 'NIFTY NEXT 50',
  BANKNIFTY: 'NIFTY BANK',
  CNXBANK: 'NIFTY BANK',
  '^NSEBANK': 'NIFTY BANK',
  FINNIFTY: 'NIFTY FIN SERVICE',
  NIFTYFINSERV: 'NIFTY FIN SERVICE',
  NIFTYFINANCIALSERVICES: 'NIFTY FIN SERVICE',
  NIFTYPRIVATEBANK: 'NIFTY PVT BANK',
  NIFTYINFRASTRUCTURE: 'NIFTY INFRA',
  NIFTYINDIACONSUMPTION: 'NIFTY CONSUMPTION',
  'NIFTYOIL&GAS': 'NIFTY OIL AND GAS',
  NIFTYSERVICESSECTOR: 'NIFTY SERV SECTOR',
  NIFTYSERVICES: 'NIFTY SERV SECTOR',
  NIFTYCONSUMERDURABLES: 'NIFTY CONSR DURBL',
  NIFTYHEALTHCAREINDEX: 'NIFTY HEALTHCARE',
  NIFTYHEALTH: 'NIFTY HEALTHCARE',
  NIFTYDIVIDENDOPPORTUNITIES50: 'NIFTY DIV OPPS 50',
  NIFTYMIDCAPSELECT: 'NIFTY MID SELECT',
  MIDCPNIFTY: 'NIFTY MID SELECT',
  NIFTYSMALLCAP50: 'NIFTY SMLCAP 50',
  NIFTYSMALLCAP100: 'NIFTY SMLCAP 100',
  NIFTYSMALLCAP250: 'NIFTY SMLCAP 250',
  NIFTYMICROCAP250: 'NIFTY MICROCAP250',
  NIFTYTOTALMARKET: 'NIFTY TOTAL MKT',
  NIFTYLARGEMIDCAP250: 'NIFTY LARGEMID250',
  NIFTYMIDSMALLCAP400: 'NIFTY MIDSML 400',
  INDIAVIX: 'INDIA VIX',
  VIX: 'INDIA VIX',
  'S&PBSESENSEX': 'SENSEX',
  BSESENSEX: 'SENSEX',
  '^BSESN': 'SENSEX',
  'S&PBSEBANKEX': 'BANKEX',
  BSEBANKEX: 'BANKEX',
}

const squeeze = (name: string) => name.toUpperCase().replace(/[\s_]+/g, '')

const bySpelling: ReadonlyMap<string, InstrumentId> = new Map(
  [
    ...nseIndices.map((name) => [squeeze(name), name] as const),
    ...bseIndices.map((name) => [name, name] as const),
    ...Object.entries(spellings),
  ].map(([spelling, name]) => [spelling, instrumentId(bseIndices.includes(name) ? 'BSE' : 'NSE', name)]),
)

/** Returns the index a name means, whoever spelled it (case, spaces and underscores do not matter), or null when it is no index we know. */
export function findIndex(name: string): InstrumentId | null {
  return bySpelling.get(squeeze(name)) ?? null
}
