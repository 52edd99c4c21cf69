import type { QuoteSource, Timers } from '@banyan/brokers'
import type { Clock, EpochMs, InstrumentId, MarketClock, Quote, TradingCalendar } from '@banyan/domain'
import type { InstrumentsModule } from '../instruments/index.ts'
import { fallbackReason } from './fallback-reason.ts'
import { createHousekeeping } from './housekeeping.ts'
import { createStatusReader, type MarketStatus } from './market-status.ts'
import { listMovers, type Movers } from './movers.ts'
import { createPriceIntake } from './price-intake.ts'
import { createQuotePricer, type PricedQuote } from './priced-quote.ts'
import type { QuoteRoute } from './quote-book.ts'
import { createSharedQuotes, type SharedShelf } from './shared-quotes.ts'
import { createSectorList, createSnapshotReader, headlineIndices, type MarketSnapshot } from './snapshot.ts'
import type { ProviderHealth } from './source-guard.ts'
import { listTradedShares, type TradedShares } from './traded-shares.ts'

export interface MarketModule {
  /** Now, on the market clock: ages are this minus `asOf`. */
  now(): EpochMs
  status(): MarketStatus
  /** Returns the current snapshot; the same object until something changed. */
  snapshot(): MarketSnapshot
  /** Where the snapshot's prices came from when it was last needed: this process, the shared cache, or nowhere yet. */
  snapshotOrigin(): 'l1' | 'l2' | 'miss'
  /**
   * Returns the quotes of known instruments in the order asked; null where no source has a price. Asks the chain only for what
   * the book does not hold fresh. Never rejects because a source failed.
   */
  quotes(instruments: readonly InstrumentId[]): Promise<ReadonlyMap<InstrumentId, PricedQuote | null>>
  /** Returns the quote in the book without asking any source. */
  peek(instrument: InstrumentId): PricedQuote | null
  movers(limit: number): Movers
  tradedShares(limit: number): TradedShares
  /** Calls back with every batch of changed quotes; returns the function that ends it. */
  onQuotes(listener: (quotes: readonly Quote[]) => void): () => void
  providers(): readonly ProviderHealth[]
  /** Returns why a price is of this source and not of the first, for people; null when it is of the first. */
  fallbackReason(source: string): string | null
  /** Quotes that arrived per second, over the last 10 s. */
  ticksPerSecond(): number
  /** Starts sources and the clock; resolves when the book holds what the sources had at hand, at the latest after `startWithinMs`. */
  start(): Promise<void>
  /** Ends subscriptions, timers and calls under way, and shares the last prices. Safe to call twice. */
  stop(): Promise<void>
}

/** What the server's own machinery asks of the market, beside what dialects do. */
export interface MarketUpkeep {
  /** Asks the chain for those prices of the snapshot that are not fresh; for a warmer. Never rejects because a source failed. */
  refreshSnapshot(): Promise<void>
  /** Returns by source how many quotes were refused since start because they could not be true: not finite, not above zero, from the future. */
  rejectedQuotes(): ReadonlyMap<string, number>
}

export interface MarketModuleParts {
  /** In order of preference; may be empty. */
  readonly sources: readonly QuoteSource[]
  readonly instruments: Pick<InstrumentsModule, 'find' | 'list'>
  readonly calendar: TradingCalendar
  readonly marketClock: MarketClock
  readonly wallClock: Clock
  readonly timers: Timers
  /** Null on a single instance without a shared cache. */
  readonly shelf: SharedShelf | null
  /** Hears what went wrong without stopping anything: a source, a listener, the shelf. For the log. */
  onProblem(what: 'source' | 'listener' | 'shelf', name: string, error: unknown): void
  readonly options?: Partial<MarketOptions>
}

interface MarketOptions {
  /** Deadline of one call to one source. */
  readonly timeoutMs: number
  /** How long a fetched price is served again without asking, while the market is open and while it is not. */
  readonly freshForMs: number
  readonly freshWhenClosedForMs: number
  /** A source nobody asked for so long is asked for its probe. */
  readonly probeAfterMs: number
  readonly shareEveryMs: number
  readonly startWithinMs: number
  /** How exact in time the snapshot's delay classes are. */
  readonly lookAgainMs: number
}

/** Two silent sources in a row stay under the 12 s of quality-bar.md U1. Starting does not wait for a silent one (G3: ready ≤ 5 s). */
const defaults: MarketOptions = {
  timeoutMs: 5_000,
  freshForMs: 1_000,
  freshWhenClosedForMs: 30_000,
  probeAfterMs: 60_000,
  shareEveryMs: 5_000,
  startWithinMs: 2_000,
  lookAgainMs: 100,
}

export function createMarketModule(parts: MarketModuleParts): MarketModule & MarketUpkeep {
  const { calendar, marketClock, wallClock, instruments, sources } = parts
  const options = { ...defaults, ...parts.options }
  const isKnown = (id: InstrumentId) => instruments.find(id)?.id === id
  const intake = createPriceIntake({ ...parts, options, isKnown })
  const { book, followClock } = intake
  const price = createQuotePricer({ calendar, marketClock, sources, watches: intake.watches })
  const status = createStatusReader({ calendar, marketClock, wallClock })
  const listSectors = createSectorList(() => instruments.list())
  const shared = createSharedQuotes({ ...parts, book, sources: sources.map((source) => source.id), isKnown })
  const keeping = createHousekeeping({ ...parts, options, intake, shared })

  const priceAt = (instrument: InstrumentId, now: EpochMs): PricedQuote | null => {
    const entry = book.find(instrument, now)
    return entry && price(entry, now)
  }
  const readSnapshot = createSnapshotReader({
    listSectors,
    priceAt,
    tradingDayOf: calendar.tradingDayOf,
    status,
    bookVersion: () => book.version(),
    lookAgainMs: options.lookAgainMs,
    wallNow: () => wallClock.now(),
  })
  const refreshSnapshot = () => {
    const shown = [...Object.values(headlineIndices), ...listSectors().map((one) => one.id)]
    return intake.refresh(shown, followClock())
  }

  const moversParts = () => {
    const now = followClock()
    const kindOf = (id: InstrumentId) => instruments.find(id)?.kind ?? null
    return { entries: book.list(now), now, kindOf, tradingDayOf: calendar.tradingDayOf, price }
  }

  return {
    now: () => marketClock.now(),
    status,
    peek: (instrument) => priceAt(instrument, followClock()),
    snapshot: () => readSnapshot(followClock()),
    snapshotOrigin() {
      const now = followClock()
      return originOf(Object.values(headlineIndices).map((id) => book.find(id, now)?.route ?? null))
    },
    async quotes(asked) {
      await intake.refresh(asked, followClock())
      const now = followClock()
      const quotes = new Map<InstrumentId, PricedQuote | null>()
      for (const instrument of asked) quotes.set(instrument, priceAt(instrument, now))
      return quotes
    },
    movers: (limit) => listMovers(moversParts(), limit),
    tradedShares: (limit) => listTradedShares(moversParts(), limit),
    onQuotes: intake.listen,
    providers: intake.providers,
    fallbackReason: (source) => fallbackReason(source, intake.providers()),
    ticksPerSecond: intake.ticksPerSecond,
    start: () => keeping.start(refreshSnapshot),
    stop: () => keeping.stop(),
    refreshSnapshot,
    rejectedQuotes: () => new Map(intake.guards.map((guard) => [guard.source.id, guard.rejectedQuotes()])),
  } satisfies MarketModule & MarketUpkeep
}

function originOf(routes: readonly (QuoteRoute | null)[]): 'l1' | 'l2' | 'miss' {
  if (routes.some((route) => route === 'stream' || route === 'fetch')) return 'l1'
  return routes.includes('shared') ? 'l2' : 'miss'
}
