import type { Exchange, SessionGroup } from '@banyan/domain'
import type { ShareIdentity } from './identity-file.ts'
import type { ListedInstrument } from './listed-instrument.ts'

/** First day of nearly everything: no older price is known of any vendor. */
const firstDay = '2000-01-03'

interface ShareSpec {
  readonly symbol: string
  /** Rupees around which the price wanders in 2026. Invented. */
  readonly base: number
  /** Millions of shares on a usual day. Invented. */
  readonly millions: number
  readonly listedOn?: string
  /** Without derivatives there is no closing auction. */
  readonly group?: SessionGroup
  readonly volumeSwing?: number
}

const shares: readonly ShareSpec[] = [
  { symbol: 'RELIANCE', base: 1400, millions: 11 },
  { symbol: 'TCS', base: 3200, millions: 2.4 },
  { symbol: 'INFY', base: 1550, millions: 7 },
  { symbol: 'HDFCBANK', base: 980, millions: 20 },
  { symbol: 'ICICIBANK', base: 1380, millions: 9 },
  { symbol: 'SBIN', base: 870, millions: 12 },
  { symbol: 'ITC', base: 405, millions: 14 },
  { symbol: 'LT', base: 3650, millions: 2 },
  { symbol: 'M&M', base: 3400, millions: 2.6 },
  { symbol: 'BAJAJ-AUTO', base: 8900, millions: 0.4 },
  { symbol: 'BAJFINANCE', base: 1010, millions: 8 },
  { symbol: 'AXISBANK', base: 1210, millions: 7 },
  { symbol: 'KOTAKBANK', base: 2080, millions: 3 },
  { symbol: 'HINDUNILVR', base: 2510, millions: 1.6 },
  { symbol: 'BHARTIARTL', base: 1950, millions: 5 },
  { symbol: 'MARUTI', base: 15_400, millions: 0.4 },
  { symbol: 'TATASTEEL', base: 172, millions: 30 },
  { symbol: 'TITAN', base: 3500, millions: 1 },
  { symbol: 'SUNPHARMA', base: 1640, millions: 2 },
  { symbol: 'WIPRO', base: 248, millions: 10 },
  { symbol: 'NTPC', base: 335, millions: 9 },
  { symbol: 'POWERGRID', base: 286, millions: 10 },
  { symbol: 'ONGC', base: 241, millions: 11 },
  { symbol: 'COALINDIA', base: 388, millions: 6 },
  { symbol: 'ASIANPAINT', base: 2450, millions: 1.2 },
  { symbol: 'VEDL', base: 455, millions: 9 },
  { symbol: 'YESBANK', base: 21.5, millions: 60 },
  // More than 2³¹ and less than 2³² a day, whatever the swing.
  { symbol: 'IDEA', base: 8.4, millions: 3500, volumeSwing: 0.15 },
  { symbol: 'ETERNAL', base: 310, millions: 25, listedOn: '2021-07-23' },
  { symbol: 'TMPV', base: 405, millions: 12 },
  { symbol: 'SWIGGY', base: 420, millions: 8, listedOn: '2024-11-13' },
  { symbol: 'MRF', base: 148_000, millions: 0.008, group: 'continuous' },
  { symbol: 'NAM-INDIA', base: 860, millions: 0.5, group: 'continuous', listedOn: '2017-11-06' },
  { symbol: 'J&KBANK', base: 104, millions: 3, group: 'continuous' },
  { symbol: 'TTML', base: 58, millions: 4, group: 'continuous' },
  { symbol: 'RELINFRA', base: 240, millions: 1.5, group: 'continuous' },
]

/** Shares that are sold on BSE here as well. */
const onBse: readonly string[] = ['RELIANCE', 'TCS', 'INFY', 'HDFCBANK', 'SBIN', 'M&M', 'IDEA', 'J&KBANK']

/** Part of NSE's volume that BSE has. */
const bseShare = 0.06

/** What a bond or an odd row of the list is. All invented. */
const oddRows: readonly { symbol: string; series: string; name: string | null; base: number }[] = [
  { symbol: '731SBX31', series: 'SG', name: 'SDL SANDBOX STATE, 7.31% 2031', base: 101 },
  { symbol: '702SBX29', series: 'SG', name: null, base: 99.5 },
  { symbol: '88SBXTOLL', series: 'N0', name: 'SANDBOX ROADS, BRIDGES & TOLLS "SRBT" 8.8%', base: 1018 },
  { symbol: 'SGBSBX29', series: 'GB', name: '2.50%GOLDBONDS"SANDBOX"2029', base: 12_400 },
  { symbol: 'SANDSME', series: 'SM', name: 'SAND & "SONS", MERCHANTS', base: 77 },
  { symbol: 'SANDTRADE', series: 'ST', name: 'SANDBOX TRADERS', base: 33 },
]

/** Numbers are those the contracts of the list's tokens fix: `(token - 9) / 256`. */
const indices: readonly { exchange: Exchange; symbol: string; base: number; exchangeToken: number }[] = [
  { exchange: 'NSE', symbol: 'NIFTY 50', base: 25_600, exchangeToken: 1001 },
  { exchange: 'NSE', symbol: 'NIFTY BANK', base: 57_800, exchangeToken: 1016 },
  { exchange: 'NSE', symbol: 'INDIA VIX', base: 13.4, exchangeToken: 1035 },
  { exchange: 'NSE', symbol: 'NIFTY IT', base: 36_200, exchangeToken: 2001 },
  { exchange: 'NSE', symbol: 'NIFTY FIN SERVICE', base: 27_300, exchangeToken: 2002 },
  { exchange: 'NSE', symbol: 'Nifty500 Health', base: 14_900, exchangeToken: 2003 },
  { exchange: 'BSE', symbol: 'SENSEX', base: 84_200, exchangeToken: 1 },
  { exchange: 'BSE', symbol: 'BANKEX', base: 64_700, exchangeToken: 2 },
]

const yearlyGain = 0.08
/** NSE's own numbers are not facts we may copy: these are places in the list. */
const firstShareToken = 3001
const firstOddToken = 6001

/** Returns shares, bonds and indices: what is listed every day. Throws when the identity facts lack one of the shares. */
export function listCash(identities: ReadonlyMap<string, ShareIdentity>): readonly ListedInstrument[] {
  return [
    ...shares.map((spec, i) => nseShare(spec, identityOf(identities, spec.symbol), firstShareToken + i)),
    ...shares
      .filter(({ symbol }) => onBse.includes(symbol))
      .map((spec) => bseShareOf(spec, identityOf(identities, spec.symbol))),
    ...oddRows.map((row, i) => oddRow(row, firstOddToken + i)),
    ...indices.map(index),
  ]
}

const noContract = { expiry: null, strike: null, right: null, underlying: null, usualOpenInterest: null } as const

function identityOf(identities: ReadonlyMap<string, ShareIdentity>, symbol: string): ShareIdentity {
  const identity = identities.get(symbol)
  if (identity === undefined) throw new Error(`data/identity/instruments.csv has no share ${symbol}.`)
  return identity
}

function nseShare(spec: ShareSpec, { name, isin, series }: ShareIdentity, exchangeToken: number): ListedInstrument {
  const tradingSymbol = series === 'EQ' ? spec.symbol : `${spec.symbol}-${series}`
  return {
    ...noContract,
    id: `NSE:${tradingSymbol}`,
    exchange: 'NSE',
    tradingSymbol,
    symbol: spec.symbol,
    name,
    isin,
    kind: 'equity',
    series,
    exchangeToken,
    lotSize: 1,
    tickSize: tickSizeOf(spec.base),
    listedOn: spec.listedOn ?? firstDay,
    pricing: { kind: 'walk', base: spec.base, yearlyGain, swing: 1 },
    usualVolume: spec.millions * 1e6,
    volumeSwing: spec.volumeSwing ?? 0.5,
    group: spec.group ?? 'auction',
  }
}

function bseShareOf(spec: ShareSpec, identity: ShareIdentity): ListedInstrument {
  if (identity.bseCode === null) throw new Error(`data/identity/instruments.csv has no BSE code of ${spec.symbol}.`)
  const onNse = nseShare(spec, identity, 0)
  return {
    ...onNse,
    id: `BSE:${spec.symbol}`,
    exchange: 'BSE',
    tradingSymbol: spec.symbol,
    series: null,
    exchangeToken: identity.bseCode,
    pricing: { kind: 'scaled', of: onNse.id, factor: 1.0004 },
    usualVolume: onNse.usualVolume * bseShare,
  }
}

function oddRow({ symbol, series, name, base }: (typeof oddRows)[number], exchangeToken: number): ListedInstrument {
  const isBond = series !== 'SM' && series !== 'ST'
  return {
    ...noContract,
    id: `NSE:${symbol}-${series}`,
    exchange: 'NSE',
    tradingSymbol: `${symbol}-${series}`,
    symbol,
    name,
    isin: null,
    kind: isBond ? 'bond' : 'equity',
    series,
    exchangeToken,
    lotSize: series === 'SG' ? 100 : 1,
    tickSize: 0.01,
    listedOn: '2021-03-01',
    pricing: { kind: 'walk', base, yearlyGain: isBond ? 0 : yearlyGain, swing: 1 },
    usualVolume: 5_000,
    volumeSwing: 0.5,
    group: 'continuous',
  }
}

function index({ exchange, symbol, base, exchangeToken }: (typeof indices)[number]): ListedInstrument {
  return {
    ...noContract,
    id: `${exchange}:${symbol}`,
    exchange,
    tradingSymbol: symbol,
    symbol: symbol.toUpperCase(),
    name: symbol,
    isin: null,
    kind: 'index',
    series: null,
    exchangeToken,
    lotSize: 0,
    tickSize: 0,
    listedOn: firstDay,
    pricing:
      symbol === 'INDIA VIX'
        ? { kind: 'walk', base, yearlyGain: 0, swing: 1 }
        : { kind: 'walk', base, yearlyGain, swing: 0.6 },
    usualVolume: 0,
    volumeSwing: 0,
    group: 'auction',
  }
}

/** The exchange's steps by price (upstreams.md §5.4), by the level of 2026 for all years: a share keeps one here. */
function tickSizeOf(price: number): number {
  if (price < 250) return 0.01
  if (price < 1_000) return 0.05
  if (price < 5_000) return 0.1
  if (price < 10_000) return 0.5
  return price < 20_000 ? 1 : 5
}
