import { type Exchange, exchanges, type InstrumentId, type InstrumentKind, parseInstrumentId } from '@banyan/domain'

/** Series whose rows are a share or a trust under its plain symbol. */
const shareSuffix = /^(.+)-(BE|BZ|SM|ST|SZ|IV|RR)$/
/** Government loans, gold bonds, bills, state loans and companies' bonds: one issuer has many, so each keeps its whole symbol. */
const bondSuffix = /-(SG|GS|GB|TB|[NYZAB][0-9A-Z])$/
/** Partly paid shares, warrants, preference shares, indicative values, block windows and the like: no kind of instrument this program has. */
const otherSuffix = /-(E1|W1|P1|X1|D1|RL|IT|ID|BL|IL|SF)$/

/** What a trading symbol of the cash market says about its instrument. */
export interface ListedSymbol {
  /** The exchange's own symbol, upper case. */
  readonly symbol: string
  readonly series: string | null
  /** Null for what is neither a share, a trust nor a bond. Funds traded like shares cannot be told from them. */
  readonly kind: InstrumentKind | null
}

/**
 * Reads a trading symbol of NSE's cash market: what follows the last dash is the series if it is a known one (`IDEA-BE`), else part
 * of the symbol (`BAJAJ-AUTO`). No suffix means `EQ`.
 */
export function readNseSymbol(tradingSymbol: string): ListedSymbol {
  const symbol = tradingSymbol.toUpperCase()
  const share = shareSuffix.exec(symbol)
  if (share?.[1] !== undefined && share[2] !== undefined) {
    return { symbol: share[1], series: share[2], kind: /IV|RR/.test(share[2]) ? 'fund' : 'equity' }
  }
  if (otherSuffix.test(symbol)) return { symbol, series: symbol.slice(-2), kind: null }
  if (bondSuffix.test(symbol)) return { symbol, series: symbol.slice(-2), kind: 'bond' }
  return { symbol, series: 'EQ', kind: 'equity' }
}

/** Returns the exchange of that name, null when this program does not know it (`BCD`, `NCO`). */
export function exchangeOf(name: string): Exchange | null {
  return exchanges.find((exchange) => exchange === name) ?? null
}

/** Returns the symbol under which a row of a person's book belongs to an instrument, and whether it has the form of one. */
export function bookSymbol(exchange: Exchange, tradingSymbol: string): { symbol: string; mapped: boolean } {
  const symbol = exchange === 'NSE' ? readNseSymbol(tradingSymbol).symbol : tradingSymbol.toUpperCase()
  return canonicalId(exchange, symbol) === null ? { symbol: tradingSymbol, mapped: false } : { symbol, mapped: true }
}

/** Returns the ID of a symbol on an exchange; null when the symbol has not the form of one. */
export function canonicalId(exchange: Exchange, symbol: string): InstrumentId | null {
  return parseInstrumentId(`${exchange}:${symbol}`)
}
