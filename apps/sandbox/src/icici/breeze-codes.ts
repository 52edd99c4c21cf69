import type { TradingDate } from '@banyan/domain'
import type { SandboxInstrument, SandboxMarket } from '../core/upstream.ts'

export const cashExchanges = ['NSE', 'BSE'] as const
export type CashExchange = (typeof cashExchanges)[number]

/** A share, bond or index with the vendor's name for it. */
export interface CodedInstrument {
  readonly instrument: SandboxInstrument
  readonly code: string
}

/** The vendor's names for things: at most 6 characters, unlike the exchange's symbols. */
export interface BreezeCodes {
  /** What NSE and BSE list, each with its code. */
  readonly cash: readonly CodedInstrument[]
  /** Returns the code of a share, bond or index; of a derivative that of what it follows. */
  codeOf(instrument: SandboxInstrument): string
  find(exchange: CashExchange, code: string): SandboxInstrument | null
}

/** Codes that cannot be told from a name: they outlived a rename, or the vendor chose another (upstreams.md §3.6). By NSE symbol. */
const knownCodes: Readonly<Record<string, string>> = {
  RELIANCE: 'RELIND',
  INFY: 'INFTEC',
  HDFCBANK: 'HDFBAN',
  HDFCLIFE: 'HDFSTA',
  SBIN: 'STABAN',
  'M&M': 'MAHMAH',
  'BAJAJ-AUTO': 'BAAUTO',
  TMPV: 'TATMOT',
  ETERNAL: 'ZOMLIM',
  LTM: 'LTINFO',
  'NIFTY 50': 'NIFTY',
  'NIFTY BANK': 'CNXBAN',
  SENSEX: 'BSESEN',
}

/** Returns the codes of what is listed on a date. A later listing changes no earlier code. */
export function breezeCodesOn(market: SandboxMarket, on: TradingDate): BreezeCodes {
  const listed = market.instruments(on).filter(({ exchange }) => isCash(exchange))
  const codes = assignCodes(listed)
  const cash = listed.map((instrument) => ({ instrument, code: codes.get(identityOf(instrument)) ?? '' }))
  const byId = new Map(cash.map(({ instrument, code }) => [instrument.id, code]))
  const byCode = new Map(cash.map(({ instrument, code }) => [`${instrument.exchange}:${code}`, instrument]))
  return {
    cash,
    codeOf: ({ id, underlying, name, symbol }) =>
      byId.get(underlying ?? id) ?? (name ?? symbol).toUpperCase().slice(0, 6),
    find: (exchange, code) => byCode.get(`${exchange}:${code.toUpperCase()}`) ?? null,
  }
}

function isCash(exchange: string): exchange is CashExchange {
  return cashExchanges.some((cash) => cash === exchange)
}

/** Both listings of a share have one code. */
function identityOf({ isin, id }: SandboxInstrument): string {
  return isin ?? id
}

function assignCodes(listed: readonly SandboxInstrument[]): ReadonlyMap<string, string> {
  const codes = new Map<string, string>()
  const taken = new Set(Object.values(knownCodes))
  const inOrderOfListing = [...listed].sort((a, b) => (a.listedOn < b.listedOn ? -1 : a.listedOn > b.listedOn ? 1 : 0))
  for (const instrument of inOrderOfListing) {
    const identity = identityOf(instrument)
    if (codes.has(identity)) continue
    const code = knownCodes[instrument.symbol] ?? freeCode(instrument.name ?? instrument.symbol, taken)
    codes.set(identity, code)
    taken.add(code)
  }
  return codes
}

const legalForm = /^(LTD|LIMITED)$/

/** Three letters of the first word and three of the second, as most codes are; a number in the last place where that is taken. */
function freeCode(name: string, taken: ReadonlySet<string>): string {
  const words = name
    .toUpperCase()
    .replaceAll(/[^A-Z0-9 ]/g, '')
    .split(' ')
  const [first = '', second = ''] = words.filter((word) => word !== '' && !legalForm.test(word))
  const wanted = second === '' ? first.slice(0, 6) : `${first.slice(0, 3)}${second.slice(0, 3)}`
  let code = wanted
  for (let i = 1; taken.has(code); i++) code = `${wanted.slice(0, 6 - String(i).length)}${i}`
  return code
}
