import type { InstrumentId } from '@banyan/domain'

/** Yahoo's names of indices (upstreams.md §4, measured in files unless marked). */
const indexNames: Readonly<Record<string, string>> = {
  'NSE:NIFTY 50': '^NSEI',
  'NSE:NIFTY BANK': '^NSEBANK',
  'BSE:SENSEX': '^BSESN',
  'NSE:NIFTY IT': '^CNXIT',
  'NSE:NIFTY FMCG': '^CNXFMCG',
  'NSE:NIFTY METAL': '^CNXMETAL',
  'NSE:NIFTY ENERGY': '^CNXENERGY',
  'NSE:NIFTY INFRA': '^CNXINFRA',
  'NSE:NIFTY MEDIA': '^CNXMEDIA',
  'NSE:NIFTY PSU BANK': '^CNXPSUBANK',
  'NSE:NIFTY REALTY': '^CNXREALTY',
  'NSE:NIFTY PHARMA': '^CNXPHARMA',
  // From here on unconfirmed.
  'NSE:NIFTY AUTO': '^CNXAUTO',
  'NSE:INDIA VIX': '^INDIAVIX',
  'NSE:NIFTY 500': '^CRSLDX',
  'NSE:NIFTY FIN SERVICE': 'NIFTY_FIN_SERVICE.NS',
}

const suffixes: Readonly<Record<string, string>> = { NSE: '.NS', BSE: '.BO' }

/** Returns Yahoo's symbol of an instrument; null for derivatives, and for indices it has no name for. */
export function yahooSymbolOf(instrument: InstrumentId): string | null {
  const known = indexNames[instrument]
  if (known !== undefined) return known
  const [exchange = '', symbol = ''] = instrument.split(':')
  const suffix = suffixes[exchange]
  // A share's symbol has no space; an index that is not in the table would be asked for as a share.
  return suffix === undefined || symbol.includes(' ') ? null : `${symbol}${suffix}`
}
