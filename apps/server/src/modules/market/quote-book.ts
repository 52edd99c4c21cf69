import type { Clock, EpochMs, InstrumentId, Quote } from '@banyan/domain'

/** The way a quote came: pushed by a stream, fetched on request, or read from the cache other instances share. */
export type QuoteRoute = 'stream' | 'fetch' | 'shared'

export interface BookEntry {
  readonly quote: Quote
  readonly route: QuoteRoute
  /** Wall-clock instant it was last confirmed. */
  readonly storedAt: EpochMs
}

/** The last good quote of each instrument. The only place that holds prices; only {@link QuoteBook.put} writes it. */
export interface QuoteBook {
  /** Grows with each change of any price. */
  version(): number
  /** Returns the entry, or null; one from after `now` on the market clock (a replay began again) counts as none. */
  find(instrument: InstrumentId, now: EpochMs): BookEntry | null
  /** Takes quotes in and returns those that say something new. */
  put(quotes: readonly Quote[], route: QuoteRoute): readonly Quote[]
  /** Returns all entries but those from after `now` on the market clock. */
  list(now: EpochMs): readonly BookEntry[]
}

/** Returns an empty book. A newer price is never replaced by an older one, whichever source tells it. */
export function createQuoteBook({ marketClock, wallClock }: { marketClock: Clock; wallClock: Clock }): QuoteBook {
  const entries = new Map<InstrumentId, BookEntry>()
  let version = 0

  const put = (quotes: readonly Quote[], route: QuoteRoute): readonly Quote[] => {
    const now = marketClock.now()
    const storedAt = wallClock.now()
    const news = quotes.filter((quote) => {
      const held = entries.get(quote.instrument)
      if (held && held.quote.asOf <= now && held.quote.asOf > quote.asOf) return false
      entries.set(quote.instrument, { quote, route, storedAt })
      return held === undefined || saysMore(quote, held.quote)
    })
    if (news.length > 0) version += 1
    return news
  }

  return {
    version: () => version,
    put,
    find(instrument, now) {
      const entry = entries.get(instrument)
      return entry && entry.quote.asOf <= now ? entry : null
    },
    list: (now) => [...entries.values()].filter((entry) => entry.quote.asOf <= now),
  }
}

function saysMore(quote: Quote, held: Quote): boolean {
  return (
    quote.lastPrice !== held.lastPrice ||
    quote.asOf !== held.asOf ||
    quote.prevClose !== held.prevClose ||
    quote.volume !== held.volume ||
    quote.source !== held.source
  )
}
