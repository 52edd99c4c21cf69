/** Exchanges (with their segments) an instrument can belong to. The order is the order of menus and of search ties. */
export const exchanges = ['NSE', 'BSE', 'NFO', 'BFO', 'CDS', 'MCX'] as const
export type Exchange = (typeof exchanges)[number]

/** What is traded. `index` has no volume of its own and cannot be held. */
export const instrumentKinds = ['equity', 'index', 'fund', 'future', 'option', 'bond', 'currency', 'commodity'] as const
export type InstrumentKind = (typeof instrumentKinds)[number]

/** Canonical `EXCHANGE:SYMBOL`, upper case, for example `NSE:M&M` or `NSE:NIFTY 50`. Made only by {@link parseInstrumentId}. */
export type InstrumentId = string & { readonly __brand: 'InstrumentId' }

/** One listed thing. Identity is the ISIN where there is one; inside one exchange the key is exchange and symbol. */
export interface Instrument {
  readonly id: InstrumentId
  readonly exchange: Exchange
  readonly symbol: string
  /** Full name as the exchange or the index provider writes it; null when no list told it. */
  readonly name: string | null
  readonly isin: string | null
  readonly kind: InstrumentKind
  /** NSE series or BSE group (`EQ`, `BE`, `A`); null for indices and where unknown. */
  readonly series: string | null
  /** One of the 22 macro-economic industry names of the constituent lists; for an index its sector label; null unknown. */
  readonly sector: string | null
  /** Units per lot; 1 for shares; null unknown. */
  readonly lotSize: number | null
  /** Smallest price step in rupees as a decimal string (`0.05`); null unknown. */
  readonly tickSize: string | null
}

const idForm = /^(?:(NSE|BSE|NFO|BFO|CDS|MCX):)? *([A-Z0-9&\-_.](?:[A-Z0-9&\-_. ]{0,38}[A-Z0-9&\-_.])?)$/

/**
 * Returns the canonical ID of what a person or client typed: upper-cased, a bare symbol means NSE
 * (stocktrendz.md §2.2); spaces around the text and the symbol do not count. Null when the text is not of the form.
 */
export function parseInstrumentId(text: string): InstrumentId | null {
  // Upper-casing would turn 'ſ' and 'ı' into S and I, and 'ß' into SS.
  if (!/^[\x20-\x7e]*$/.test(text)) return null
  const match = idForm.exec(text.trim().toUpperCase())
  return match?.[2] === undefined ? null : instrumentId((match[1] ?? 'NSE') as Exchange, match[2])
}

/** Joins parts that are already canonical (upper case, allowed characters) into an ID. */
export function instrumentId(exchange: Exchange, symbol: string): InstrumentId {
  return `${exchange}:${symbol}` as InstrumentId
}
