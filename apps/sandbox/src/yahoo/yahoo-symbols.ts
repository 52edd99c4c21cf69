import type { TradingDate } from '@banyan/domain'
import type { SandboxInstrument, SandboxMarket } from '../core/upstream.ts'

/** Yahoo's names of indices, by which the market's own are found (upstreams.md §4). */
const indexIds: Readonly<Record<string, string>> = {
  '^NSEI': 'NSE:NIFTY 50',
  '^NSEBANK': 'NSE:NIFTY BANK',
  '^BSESN': 'BSE:SENSEX',
  '^CNXIT': 'NSE:NIFTY IT',
  '^INDIAVIX': 'NSE:INDIA VIX',
  'NIFTY_FIN_SERVICE.NS': 'NSE:NIFTY FIN SERVICE',
}

/** Indices Yahoo has next to nothing of: one bar, whatever the range. */
const nearlyEmpty: Readonly<Record<string, string>> = {
  '^CNXPHARMA': 'NSE:Nifty500 Health',
  '^NSMIDCP': 'NSE:NIFTY 50',
}

export interface FoundSymbol {
  readonly instrument: SandboxInstrument
  readonly isNearlyEmpty: boolean
}

/** Returns what a symbol stands for on a date; null when Yahoo does not know it, as all derivatives and bonds. */
export function findSymbol(text: string, market: SandboxMarket, on: TradingDate): FoundSymbol | null {
  const symbol = text.toUpperCase()
  const indexId = indexIds[symbol] ?? nearlyEmpty[symbol]
  const instrument = indexId === undefined ? findShare(symbol, market, on) : market.instrument(indexId, on)
  return instrument && { instrument, isNearlyEmpty: symbol in nearlyEmpty }
}

const suffixes = { NSE: '.NS', BSE: '.BO' } as const

function findShare(symbol: string, market: SandboxMarket, on: TradingDate): SandboxInstrument | null {
  const isNamed = ({ exchange, kind, symbol: listed }: SandboxInstrument) =>
    (exchange === 'NSE' || exchange === 'BSE') && kind === 'equity' && `${listed}${suffixes[exchange]}` === symbol
  return market.instruments(on).find(isNamed) ?? null
}
