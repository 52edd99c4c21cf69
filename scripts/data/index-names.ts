/** An index of the bundle. */
interface NamedIndex {
  /** The canonical symbol, which is the shortest list's spelling. */
  readonly symbol: string
  /** How eod2 spells it, which is the index provider's full name. */
  readonly name: string
  /** How the tick recorder spells it; null when it recorded none. */
  readonly recorded: string | null
  /** NSE's own division into sectoral and other indices; null for broad and thematic ones. */
  readonly sector: string | null
}

export const nseIndices: readonly NamedIndex[] = [
  index('NIFTY 50', 'NIFTY 50', 'NIFTY', null),
  index('NIFTY AUTO', 'NIFTY AUTO', 'NIFTY_AUTO', 'Auto'),
  index('NIFTY BANK', 'NIFTY BANK', 'NIFTY_BANK', 'Bank'),
  index('NIFTY COMMODITIES', 'NIFTY COMMODITIES', null, null),
  index('NIFTY CONSUMPTION', 'NIFTY INDIA CONSUMPTION', null, null),
  index('NIFTY ENERGY', 'NIFTY ENERGY', null, null),
  index('NIFTY FIN SERVICE', 'NIFTY FINANCIAL SERVICES', 'NIFTY_FINSERV', 'Financial Services'),
  index('NIFTY FMCG', 'NIFTY FMCG', 'NIFTY_FMCG', 'FMCG'),
  index('NIFTY INFRA', 'NIFTY INFRASTRUCTURE', null, null),
  index('NIFTY IT', 'NIFTY IT', 'NIFTY_IT', 'IT'),
  index('NIFTY MEDIA', 'NIFTY MEDIA', 'NIFTY_MEDIA', 'Media'),
  index('NIFTY METAL', 'NIFTY METAL', 'NIFTY_METAL', 'Metal'),
  index('NIFTY MIDCAP 100', 'NIFTY MIDCAP 100', null, null),
  index('NIFTY OIL AND GAS', 'NIFTY OIL & GAS', null, 'Oil & Gas'),
  index('NIFTY PHARMA', 'NIFTY PHARMA', 'NIFTY_PHARMA', 'Pharma'),
  index('NIFTY PSU BANK', 'NIFTY PSU BANK', 'NIFTY_PSU_BANK', 'PSU Bank'),
  index('NIFTY PVT BANK', 'NIFTY PRIVATE BANK', 'NIFTY_PVT_BANK', 'Private Bank'),
  index('NIFTY REALTY', 'NIFTY REALTY', 'NIFTY_REALTY', 'Realty'),
  index('NIFTY SMLCAP 100', 'NIFTY SMALLCAP 100', null, null),
]

/** SENSEX has daily rows only; BANKEX repeats NIFTY BANK, so it is not offered as a second bank sector. */
export const bseIndices: readonly string[] = ['BANKEX', 'SENSEX']

/** Shares the recorder spells without `&` and `-`. */
const recordedShares: ReadonlyMap<string, string> = new Map([
  ['BAJAJ_AUTO', 'BAJAJ-AUTO'],
  ['MM', 'M&M'],
])

/** Returns the canonical symbol of an index as eod2 spells it. Throws on an unknown one. */
export function indexSymbol(name: string): string {
  const found = nseIndices.find((one) => one.name === name)
  if (!found) throw new Error(`No canonical name for index ${name}.`)
  return found.symbol
}

/** Returns the canonical symbol of what the tick recorder calls `recorded`; a share it spells as everybody does is returned as it is. */
export function recordedSymbol(recorded: string): string {
  const share = recordedShares.get(recorded)
  return share ?? nseIndices.find((one) => one.recorded === recorded)?.symbol ?? recorded
}

function index(symbol: string, name: string, recorded: string | null, sector: string | null): NamedIndex {
  return { symbol, name, recorded, sector }
}
