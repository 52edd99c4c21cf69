import {
  changeOf,
  type EpochMs,
  type InstrumentId,
  instrumentId,
  roundHalfAway,
  type TradingDate,
} from '@banyan/domain'
import type { StoredInstrument } from '../instruments/index.ts'
import type { MarketStatus } from './market-status.ts'
import type { PricedQuote } from './priced-quote.ts'

interface SectorQuote {
  readonly instrument: InstrumentId
  /** The index's symbol, `NIFTY IT`. */
  readonly name: string
  readonly quote: PricedQuote | null
}

/** What the snapshot shows, in product words; rendered by dialects. */
export interface MarketSnapshot {
  /** Grows by one with each change of any price or of the market status. */
  readonly version: number
  readonly nifty: PricedQuote | null
  readonly bankNifty: PricedQuote | null
  readonly sensex: PricedQuote | null
  /** Ordered by change descending as shown (2 decimals), unknown last, then name. */
  readonly sectors: readonly SectorQuote[]
  readonly status: MarketStatus
}

/** The three indices of the snapshot. */
export const headlineIndices = {
  nifty: instrumentId('NSE', 'NIFTY 50'),
  bankNifty: instrumentId('NSE', 'NIFTY BANK'),
  sensex: instrumentId('BSE', 'SENSEX'),
} as const

export interface SnapshotParts {
  listSectors(): readonly StoredInstrument[]
  priceAt(instrument: InstrumentId, now: EpochMs): PricedQuote | null
  status(): MarketStatus
  tradingDayOf(instant: EpochMs): TradingDate
  /** Grows when a price changed; see `QuoteBook.version`. */
  bookVersion(): number
  /** Wall ms for which the snapshot is not looked at again while no price changed: delay classes change by time alone. */
  readonly lookAgainMs: number
  wallNow(): number
}

/** Returns the function that gives the snapshot at `now` on the market clock: put together once per change, the same object until something differs. */
export function createSnapshotReader(parts: SnapshotParts): (now: EpochMs) => MarketSnapshot {
  let held: { snapshot: MarketSnapshot; bookVersion: number; lookedAt: number } | null = null

  const isCurrent = (status: MarketStatus): boolean => {
    if (held === null || held.snapshot.status !== status || held.bookVersion !== parts.bookVersion()) return false
    const since = parts.wallNow() - held.lookedAt
    return since >= 0 && since < parts.lookAgainMs
  }

  return (now) => {
    const status = parts.status()
    if (held && isCurrent(status)) return held.snapshot
    const before = held?.snapshot ?? null
    const next = {
      version: (before?.version ?? 0) + 1,
      nifty: parts.priceAt(headlineIndices.nifty, now),
      bankNifty: parts.priceAt(headlineIndices.bankNifty, now),
      sensex: parts.priceAt(headlineIndices.sensex, now),
      sectors: quoteSectors(parts, now),
      status,
    }
    const snapshot = before && showsTheSame(before, next) ? before : next
    held = { snapshot, bookVersion: parts.bookVersion(), lookedAt: parts.wallNow() }
    return snapshot
  }
}

/** Returns the list of sector indices, made anew only when the instruments were. */
export function createSectorList(
  listInstruments: () => readonly StoredInstrument[],
): () => readonly StoredInstrument[] {
  let seen: readonly StoredInstrument[] | null = null
  let sectors: readonly StoredInstrument[] = []
  return () => {
    const all = listInstruments()
    if (all !== seen) sectors = all.filter((one) => one.kind === 'index' && one.sector !== null)
    seen = all
    return sectors
  }
}

/** A sector last priced in an earlier session than the others has no move of today: it stands there as unknown. */
function quoteSectors(parts: SnapshotParts, now: EpochMs): readonly SectorQuote[] {
  const priced = parts.listSectors().map(({ id, symbol }) => ({ id, symbol, quote: parts.priceAt(id, now) }))
  const dayOf = (quote: PricedQuote | null) => (quote === null ? '' : parts.tradingDayOf(quote.asOf))
  const newestDay = priced.reduce((newest, { quote }) => (dayOf(quote) > newest ? dayOf(quote) : newest), '')
  return (
    priced
      .map(({ id, symbol, quote }) => {
        const today = dayOf(quote) === newestDay ? quote : null
        const changePct = today === null ? null : changeOf(today).changePct
        const shown = changePct === null ? Number.NEGATIVE_INFINITY : roundHalfAway(changePct, 2)
        return { instrument: id, name: symbol, quote: today, shown }
      })
      // Two unknowns are −∞ each; their difference is NaN, which like 0 leaves the order to the name.
      .sort((a, b) => b.shown - a.shown || ascending(a.name, b.name))
      .map(({ instrument, name, quote }) => ({ instrument, name, quote }))
  )
}

const ascending = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1)

function showsTheSame(a: MarketSnapshot, b: MarketSnapshot): boolean {
  return (
    a.status === b.status &&
    sameQuote(a.nifty, b.nifty) &&
    sameQuote(a.bankNifty, b.bankNifty) &&
    sameQuote(a.sensex, b.sensex) &&
    a.sectors.length === b.sectors.length &&
    a.sectors.every((one, i) => one.instrument === b.sectors[i]?.instrument && sameQuote(one.quote, b.sectors[i].quote))
  )
}

function sameQuote(a: PricedQuote | null, b: PricedQuote | null): boolean {
  if (a === null || b === null) return a === b
  const { lastPrice, prevClose, asOf, source, delay } = b
  return (
    a.lastPrice === lastPrice &&
    a.prevClose === prevClose &&
    a.asOf === asOf &&
    a.source === source &&
    a.delay === delay
  )
}
