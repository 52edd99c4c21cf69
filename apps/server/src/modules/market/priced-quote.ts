import type { QuoteSource } from '@banyan/brokers'
import {
  type DelayClass,
  delayClassOf,
  type EpochMs,
  type Exchange,
  type InstrumentId,
  type MarketClock,
  type Quote,
  type Segment,
  segmentByExchange,
  type TradingCalendar,
} from '@banyan/domain'
import type { BookEntry } from './quote-book.ts'
import type { StreamWatch } from './stream-watch.ts'

/** A quote with its delay class at the time it is asked. */
export interface PricedQuote extends Quote {
  readonly delay: DelayClass
}

export interface QuotePricerParts {
  readonly calendar: TradingCalendar
  readonly marketClock: MarketClock
  readonly sources: readonly QuoteSource[]
  /** The streams by source id. */
  readonly watches: ReadonlyMap<string, StreamWatch>
}

export type QuotePricer = (entry: BookEntry, now: EpochMs) => PricedQuote

/** Returns the function that gives a book entry its delay class at `now` on the market clock; the same object while that is the same. */
export function createQuotePricer(parts: QuotePricerParts): QuotePricer {
  const classOf = parts.marketClock.mode === 'replay' ? () => 'replay' as const : createClassOf(parts)
  const priced = new WeakMap<BookEntry, PricedQuote>()
  return (entry, now) => {
    const delay = classOf(entry, now)
    const known = priced.get(entry)
    if (known?.delay === delay) return known
    const made = { ...entry.quote, delay }
    priced.set(entry, made)
    return made
  }
}

function createClassOf({ calendar, sources, watches }: QuotePricerParts) {
  const lagging = new Set(sources.filter((source) => source.lagging).map((source) => source.id))
  const hours = createSegmentHours(calendar)
  return (entry: BookEntry, now: EpochMs): DelayClass => {
    const { quote } = entry
    const { isOpen, latestEnd } = hours(segmentOf(quote.instrument), now)
    const watch = watches.get(quote.source)
    return delayClassOf({
      isReplay: false,
      streaming: watch !== undefined,
      lagging: lagging.has(quote.source),
      segmentOpen: isOpen,
      subscriptionActive: watch !== undefined && isPushedSince(entry, watch.aliveSince()),
      lastSignOfLifeAt: watch?.lastSignOfLife() ?? null,
      now,
      ageMs: now - quote.asOf,
      readAfterSessionEnd: latestEnd !== null && quote.receivedAt >= latestEnd,
    })
  }
}

/** True when the price was pushed since the stream came alive (null: it is not): then silence means that it has not changed. */
export function isPushedSince(entry: BookEntry, aliveSince: EpochMs | null): boolean {
  return entry.route === 'stream' && aliveSince !== null && entry.storedAt >= aliveSince
}

export function segmentOf(instrument: InstrumentId): Segment {
  return segmentByExchange[instrument.slice(0, instrument.indexOf(':')) as Exchange]
}

/** Fifty quotes are priced at one instant: the calendar is asked once per segment and instant. */
function createSegmentHours(calendar: TradingCalendar) {
  const known = new Map<Segment, { at: EpochMs; isOpen: boolean; latestEnd: EpochMs | null }>()
  return (segment: Segment, at: EpochMs) => {
    const held = known.get(segment)
    if (held?.at === at) return held
    const phase = calendar.phaseAt(at, segment)
    const isOpen = phase === 'open' || phase === 'closing_auction'
    const hours = { at, isOpen, latestEnd: isOpen ? null : calendar.latestSessionEnd(at, segment) }
    known.set(segment, hours)
    return hours
  }
}
