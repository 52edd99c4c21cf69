import type { DelayClass, EpochMs, InstrumentId, Quote, SessionPhase, TradingDate } from '@banyan/domain'

/** A quote with its delay class at the time it is asked. */
export interface PricedQuote extends Quote {
  readonly delay: DelayClass
}

export interface MarketStatus {
  readonly mode: 'live' | 'replay'
  readonly recordedDate: TradingDate | null
  readonly isOpen: boolean
  readonly phase: SessionPhase
  /** Wall-clock instant; null when no session is known within 30 days. */
  readonly nextOpen: EpochMs | null
  readonly holiday: string | null
  readonly calendarWarning: string | null
  readonly calendarKnownTo: TradingDate
}

/** What the snapshot shows, in product words; rendered by dialects. */
export interface MarketSnapshot {
  /** Grows by one with each change of any price or of the market status. */
  readonly version: number
  readonly nifty: PricedQuote | null
  readonly bankNifty: PricedQuote | null
  readonly sensex: PricedQuote | null
  /** Ordered by change descending, unknown last, then name. */
  readonly sectors: readonly {
    readonly instrument: InstrumentId
    readonly name: string
    readonly quote: PricedQuote | null
  }[]
  readonly status: MarketStatus
}

export interface Movers {
  readonly gainers: readonly PricedQuote[]
  readonly losers: readonly PricedQuote[]
  /** Shares with a price and a previous close. */
  readonly pricedCount: number
}

export interface ProviderHealth {
  readonly name: string
  readonly state: 'up' | 'degraded' | 'down' | 'disabled'
  readonly lastSuccess: EpochMs | null
  readonly circuit: 'closed' | 'open' | 'half_open'
}

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
  /** Calls back with every batch of changed quotes; returns the function that ends it. */
  onQuotes(listener: (quotes: readonly Quote[]) => void): () => void
  providers(): readonly ProviderHealth[]
  /** Quotes that arrived per second, over the last 10 s. */
  ticksPerSecond(): number
  /** Starts sources and the clock; resolves when the book holds what the sources had at hand. */
  start(): Promise<void>
  stop(): Promise<void>
}
