import type { Clock, EpochMs, InstrumentId, Quote } from '@banyan/domain'
import { UpstreamError, type UpstreamFailure } from '../outcome.ts'
import type { QuoteListener, QuoteSource, QuoteSubscription } from '../quote-source.ts'
import { createAbsenceWatch } from './absence-watch.ts'
import type { ZerodhaDirectory } from './instrument-directory.ts'
import type { ZerodhaMarketData } from './market-data.ts'
import { zerodhaOperations } from './operations.ts'
import type { ZerodhaTicker } from './ticker.ts'

export interface ZerodhaQuotesParts {
  /** Returns the server's own session; null while nobody has signed in. */
  session(): Pick<ZerodhaMarketData, 'quotes'> | null
  /** Returns the day's instrument list; null before the first one. Without it most shares can be asked for, and nothing can be followed. */
  directory(): ZerodhaDirectory | null
  /** Null makes a source that is only asked. */
  readonly ticker: Pick<ZerodhaTicker, 'follow' | 'listen'> | null
  readonly clock: Clock
  /** Told when an instrument was missing for the third time that day: on a trading day its list is to be fetched again. */
  onListDoubted?(): void
}

export interface ZerodhaQuotes extends QuoteSource {
  /** Has exactly these instruments pushed from now on; returns those that cannot be: not in the list, or beyond the ticker's places. */
  follow(instruments: readonly InstrumentId[]): readonly InstrumentId[]
  /** Returns why Zerodha gives no prices, for people; null while it does, or fails in passing. */
  problem(): string | null
}

const sourceId = 'zerodha'
const problems: Partial<Record<UpstreamFailure, string>> = {
  auth_required: 'There is no session at Zerodha. Sign in again.',
  forbidden: 'The app key at Zerodha has no market data. Prices come from the next source.',
}

/** Returns Zerodha as a source of quotes: asked through the session, and pushed by the ticker when there is one. */
export function createZerodhaQuotes(parts: ZerodhaQuotesParts) {
  const { clock, ticker } = parts
  const absences = createAbsenceWatch()
  let problem: string | null = null

  const ask = async (keys: readonly string[], signal: AbortSignal) => {
    try {
      const session = parts.session()
      if (session === null)
        throw new UpstreamError('auth_required', { provider: sourceId, operation: zerodhaOperations.quote.name })
      const quotes = await session.quotes(keys, signal)
      problem = null
      return quotes
    } catch (error) {
      if (error instanceof UpstreamError) problem = problems[error.failure] ?? null
      throw error
    }
  }
  return {
    id: sourceId,
    probe: 'NSE:NIFTY 50' as InstrumentId,
    delivery: ticker === null ? 'poll' : 'stream',
    lagging: false,
    async fetchQuotes(instruments, signal) {
      signal.throwIfAborted()
      const directory = parts.directory()
      const ids = new Map(instruments.map((id) => [directory?.find(id)?.key ?? id, id]))
      const quotes = new Map<InstrumentId, Quote>()
      if (ids.size === 0) return quotes
      const answered = await ask([...ids.keys()], signal)
      const receivedAt = clock.now()
      for (const given of answered) {
        const instrument = ids.get(given.key)
        if (instrument !== undefined) quotes.set(instrument, toQuote(instrument, given, receivedAt))
      }
      const missing = [...ids.values()].filter((id) => !quotes.has(id))
      if (absences.note(missing, receivedAt)) parts.onListDoubted?.()
      return quotes
    },
    ...(ticker && { subscribe: (listener: QuoteListener) => pushTo(listener, ticker, parts.directory) }),
    follow(instruments) {
      const directory = parts.directory()
      const tokens = new Map(instruments.map((id) => [id, directory?.find(id)?.token ?? null]))
      const left = new Set(ticker?.follow([...tokens.values()].filter((token) => token !== null)))
      return instruments.filter((id) => {
        const token = tokens.get(id) ?? null
        return ticker === null || token === null || left.has(token)
      })
    },
    problem: () => problem,
  } satisfies ZerodhaQuotes
}

function pushTo(
  listener: QuoteListener,
  ticker: Pick<ZerodhaTicker, 'listen'>,
  directory: ZerodhaQuotesParts['directory'],
): QuoteSubscription {
  const close = ticker.listen({
    onTicks(ticks, at) {
      const quotes = new Map<InstrumentId, Quote>()
      for (const tick of ticks) {
        const instrument = directory()?.idOf(tick.token) ?? null
        if (instrument === null || tick.lastPrice <= 0) continue
        quotes.set(instrument, toQuote(instrument, { ...tick, asOf: tick.exchangeTime }, at))
      }
      if (quotes.size > 0) listener.onQuotes([...quotes.values()])
      else listener.onHeartbeat?.(at)
    },
    onHeartbeat: (at) => listener.onHeartbeat?.(at),
    onDown: (reason) => listener.onDown?.(reason),
  })
  return { close }
}

type Price = Pick<Quote, 'lastPrice' | 'prevClose' | 'volume'> & { readonly asOf: EpochMs | null }

/** A vendor's clock may run a little ahead of ours; one that is further ahead is for the reader of the quote to refuse. */
const clockToleranceMs = 2_000

function toQuote(instrument: InstrumentId, price: Price, receivedAt: EpochMs): Quote {
  const made = price.asOf ?? receivedAt
  return {
    instrument,
    lastPrice: price.lastPrice,
    prevClose: price.prevClose !== null && price.prevClose > 0 ? price.prevClose : null,
    volume: price.volume,
    source: sourceId,
    asOf: made > receivedAt && made <= receivedAt + clockToleranceMs ? receivedAt : made,
    receivedAt,
  }
}
