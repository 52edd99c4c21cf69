import type { EpochMs, InstrumentId, Quote } from '@banyan/domain'

/**
 * Where prices come from. Replay, a broker's ticker and a polled web endpoint all look like this; an implementation ends
 * in `satisfies QuoteSource` and passes the conformance suite in `quote-source.suite.ts`.
 */
export interface QuoteSource {
  /** Provider id, lower case, as `/api/health` and every price's `source` show it. */
  readonly id: string
  /** An instrument the source always knows; health asks for it when nobody else asks. */
  readonly probe: InstrumentId
  /** `stream` pushes ticks while subscribed; `poll` answers when asked. */
  readonly delivery: 'stream' | 'poll'
  /** True when the source itself lags the exchange (then its prices are `delayed`, however fresh they look). */
  readonly lagging: boolean
  /** Returns why it gives no prices, for people: a sentence without secrets; null while it does, or fails in passing. */
  problem?(): string | null
  /** Returns the quotes it has; an instrument it has no price for is absent. Rejects when the source itself fails. */
  fetchQuotes(instruments: readonly InstrumentId[], signal: AbortSignal): Promise<ReadonlyMap<InstrumentId, Quote>>
  /**
   * Starts pushing changes of every instrument it follows. What it has at hand it may push before the call returns.
   * Absent for `poll` sources.
   */
  subscribe?(listener: QuoteListener): QuoteSubscription
}

export interface QuoteListener {
  /** Called with what changed since the last call; never empty; at most one quote per instrument. */
  onQuotes(quotes: readonly Quote[]): void
  /** Called when the source shows a sign of life without a price. */
  onHeartbeat?(at: EpochMs): void
  /** Called when pushing stopped and what was pushed before is ageing. */
  onDown?(reason: string): void
}

export interface QuoteSubscription {
  /** Stops pushing; no listener call happens after it returns. Safe to call twice. */
  close(): void
}
