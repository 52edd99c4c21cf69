import { type InstrumentId, instrumentId } from '@banyan/domain'

/** Exchanges whose shares Breeze has codes for, in the order in which they are asked. */
export const cashExchanges = ['NSE', 'BSE'] as const
export type CashExchange = (typeof cashExchanges)[number]

/** What a code of Breeze looks like; those seen have at most 6 letters and digits. */
export const codeForm = /^[A-Z0-9&._-]{1,12}$/

/** A share or an index as Breeze names it. */
export interface BreezeName {
  readonly exchange: CashExchange
  /** As `RELIND`; upper case. */
  readonly code: string
}

/** One row of the vendor's list: what it says about a code. */
export interface ListedCode extends BreezeName {
  /** The exchange's symbol, which several codes may share. */
  readonly symbol: string | null
  readonly isin: string | null
  /** Of codes with one symbol the lowest has it; null for a series whose symbol is a share's (bonds, warrants). */
  readonly rank: number | null
}

/** What a code stands for on an exchange. */
export interface Listing {
  /** The exchange's symbol; the code itself when {@link mapped} is false. */
  readonly symbol: string
  readonly mapped: boolean
  /** Null for indices and where unknown. */
  readonly isin: string | null
}

/** Breeze's names for things, and back. They outlive renames, so they are looked up and never derived. */
export interface CodeList {
  listingOf(exchange: CashExchange, code: string): Listing
  /** Returns the name of a share or an index on NSE or BSE; null when the list has none. */
  nameOf(instrument: InstrumentId): BreezeName | null
  /** Codes it knows; 0 before a list was loaded. */
  readonly size: number
}

/** Returns the list of these rows. A symbol that two codes of one rank claim belongs to neither. */
export function createCodeList(rows: readonly ListedCode[]): CodeList {
  const owners = ownersOf(rows)
  const listings = new Map(rows.map((row) => [keyOf(row.exchange, row.code), listingFrom(row, owners)]))
  return {
    listingOf: (exchange, code) => listings.get(keyOf(exchange, code)) ?? { symbol: code, mapped: false, isin: null },
    nameOf(instrument) {
      const owner = owners.get(instrument) ?? null
      return owner && { exchange: owner.exchange, code: owner.code }
    },
    size: listings.size,
  }
}

/** Returns the row that each symbol stands for; null where it cannot be told. */
function ownersOf(rows: readonly ListedCode[]): Map<InstrumentId, ListedCode | null> {
  const best = new Map<InstrumentId, { readonly rank: number; readonly row: ListedCode | null }>()
  for (const row of rows) {
    if (row.symbol === null || row.rank === null) continue
    const id = instrumentId(row.exchange, row.symbol)
    const held = best.get(id)
    if (held === undefined || row.rank < held.rank) best.set(id, { rank: row.rank, row })
    else if (row.rank === held.rank) best.set(id, { rank: row.rank, row: null })
  }
  return new Map([...best].map(([id, { row }]) => [id, row]))
}

function listingFrom(row: ListedCode, owners: ReadonlyMap<InstrumentId, ListedCode | null>): Listing {
  const { exchange, code, symbol, isin } = row
  const isOwner = symbol !== null && owners.get(instrumentId(exchange, symbol)) === row
  return isOwner ? { symbol, mapped: true, isin } : { symbol: code, mapped: false, isin }
}

function keyOf(exchange: CashExchange, code: string): string {
  return `${exchange}:${code.toUpperCase()}`
}
