import type { QuoteSource } from '@banyan/brokers'
import type { Clock, EpochMs, InstrumentId, MarketClock, Quote, TradingCalendar } from '@banyan/domain'
import { isPushedSince, segmentOf } from './priced-quote.ts'
import { createQuoteBook, type QuoteBook, type QuoteRoute } from './quote-book.ts'
import { createQuoteChain } from './quote-chain.ts'
import { createSourceGuard, type ProviderHealth, type SourceGuard } from './source-guard.ts'
import { createStreamWatch, type StreamWatch } from './stream-watch.ts'
import { createTickBus } from './tick-bus.ts'
import { createTickRate } from './tick-rate.ts'

/** Where prices come in: the sources behind their guards, the book they fill, and the bus that tells of each change. */
export interface PriceIntake {
  readonly book: QuoteBook
  readonly guards: readonly SourceGuard[]
  /** The streaming sources by id. */
  readonly watches: ReadonlyMap<string, StreamWatch>
  /** Asks the chain for those of the instruments whose price is not fresh. Never rejects because a source failed. */
  refresh(instruments: readonly InstrumentId[], now: EpochMs): Promise<void>
  /**
   * Returns the market clock's now. Notices when it went back, as a replay's does when it begins again, and then has the streams
   * tell their state anew.
   */
  followClock(): EpochMs
  listen(listener: (quotes: readonly Quote[]) => void): () => void
  providers(): readonly ProviderHealth[]
  ticksPerSecond(): number
  open(): void
  /** Ends subscriptions and calls under way. Safe to call twice. */
  close(): void
}

export interface PriceIntakeParts {
  readonly sources: readonly QuoteSource[]
  readonly calendar: TradingCalendar
  readonly marketClock: MarketClock
  readonly wallClock: Clock
  readonly options: { readonly timeoutMs: number; readonly freshForMs: number; readonly freshWhenClosedForMs: number }
  isKnown(instrument: InstrumentId): boolean
  onProblem(what: 'source' | 'listener', name: string, error: unknown): void
}

/** Steps back larger than this are a replay that began again; smaller ones are a clock being corrected. */
const beganAgainMs = 60_000

export function createPriceIntake(parts: PriceIntakeParts): PriceIntake {
  const { marketClock, wallClock, options } = parts
  const book = createQuoteBook({ marketClock, wallClock })
  const bus = createTickBus((error) => parts.onProblem('listener', 'quotes', error))
  const rate = createTickRate(wallClock)
  const stopping = new AbortController()

  const take = (route: QuoteRoute) => (quotes: readonly Quote[]) => {
    rate.add(quotes.length)
    bus.publish(book.put(quotes, route))
  }
  const guards = parts.sources.map((source) =>
    createSourceGuard({ source, marketClock, wallClock, timeoutMs: options.timeoutMs, isKnown: parts.isKnown }),
  )
  const watches = new Map(
    guards
      .filter((guard) => guard.source.subscribe !== undefined)
      .map((guard) => [
        guard.source.id,
        createStreamWatch({ guard, marketClock, wallClock, onQuotes: take('stream') }),
      ]),
  )
  const freshness = createFreshness({ ...parts, book, watches })
  const chain = createQuoteChain({
    guards,
    onAnswer: take('fetch'),
    onSettled: freshness.noteAnswered,
    onFailure: (source, error) => parts.onProblem('source', source, error),
  })

  let lastNow = Number.NEGATIVE_INFINITY
  return {
    book,
    guards,
    watches,
    async refresh(instruments, now) {
      const stale = freshness.listStale(instruments, now)
      if (stale.length > 0 && !stopping.signal.aborted) await chain.refresh(stale, stopping.signal)
    },
    followClock() {
      const now = marketClock.now()
      const beganAgain = now < lastNow - beganAgainMs
      lastNow = now
      if (beganAgain && !stopping.signal.aborted) for (const watch of watches.values()) watch.reopen()
      return now
    },
    listen: bus.listen,
    providers: () => guards.map((guard) => guard.health(isPushing(watches.get(guard.source.id)))),
    ticksPerSecond: rate.perSecond,
    open() {
      for (const watch of watches.values()) watch.open()
    },
    close() {
      stopping.abort(new Error('the server stops'))
      for (const watch of watches.values()) watch.close()
    },
  }
}

/** A source that is only asked cannot fall silent. */
const isPushing = (watch: StreamWatch | undefined) => watch === undefined || watch.aliveSince() !== null

/** Tells whether a price needs no asking: it is pushed, or some source was asked a moment ago, whether it had one or not. */
function createFreshness(
  parts: PriceIntakeParts & { readonly book: QuoteBook; readonly watches: PriceIntake['watches'] },
) {
  const { book, watches, calendar, wallClock, options } = parts
  const answeredAt = new Map<InstrumentId, EpochMs>()
  return {
    noteAnswered(instruments: readonly InstrumentId[]): void {
      for (const instrument of instruments) answeredAt.set(instrument, wallClock.now())
    },
    listStale(instruments: readonly InstrumentId[], now: EpochMs): readonly InstrumentId[] {
      const wallNow = wallClock.now()
      const aliveSince = new Map([...watches].map(([source, watch]) => [source, watch.aliveSince()]))
      return instruments.filter((instrument) => {
        const entry = book.find(instrument, now)
        if (entry && isPushedSince(entry, aliveSince.get(entry.quote.source) ?? null)) return false
        const age = wallNow - (answeredAt.get(instrument) ?? Number.NEGATIVE_INFINITY)
        if (age < options.freshForMs) return false
        return age >= options.freshWhenClosedForMs || calendar.phaseAt(now, segmentOf(instrument)) !== 'closed'
      })
    },
  }
}
