import type { EpochMs, InstrumentId, MarketClock, Quote } from '@banyan/domain'
import type { QuoteListener, QuoteSource, QuoteSubscription } from '../quote-source.ts'
import type { Timers } from '../timers.ts'
import { createReplayBook, type ReplayBook, replaySourceId } from './replay-book.ts'
import { createReplayCursor } from './replay-cursor.ts'
import type { ReplayDay } from './replay-day.ts'

export interface ReplaySourceParts {
  /** Must follow at least one instrument. */
  readonly day: ReplayDay
  readonly clock: MarketClock
  /** Any integer; decides where in its second a tick is released. */
  readonly seed: number
  readonly timers: Timers
}

/** How often changes are pushed, in wall ms, whatever the speed; ticks between two pushes are merged per instrument. */
const pushEveryMs = 50
const heartbeatEveryMs = 1_000

/** Returns the recorded day as a quote source: each instrument's price is what the timetable says for the clock's instant. */
export function createReplaySource({ day, clock, seed, timers }: ReplaySourceParts) {
  const probe = day.instruments[0]?.id
  if (probe === undefined) throw new RangeError('a replayed day needs at least one instrument')
  const book = createReplayBook(day, seed)
  return {
    id: replaySourceId,
    probe,
    delivery: 'stream',
    lagging: false,
    async fetchQuotes(instruments, signal) {
      signal.throwIfAborted()
      return quotesAt(book, instruments, clock.now())
    },
    subscribe: (listener) => push(book, clock, timers, listener),
  } satisfies QuoteSource
}

function quotesAt(book: ReplayBook, instruments: readonly InstrumentId[], now: EpochMs): Map<InstrumentId, Quote> {
  const quotes = new Map<InstrumentId, Quote>()
  for (const id of instruments) {
    const position = book.positionOf(id)
    if (position === undefined) continue
    const quote = book.quoteOf(position, book.showingAt(position, now - book.day.midnight), now)
    if (quote) quotes.set(id, quote)
  }
  return quotes
}

function push(book: ReplayBook, clock: MarketClock, timers: Timers, listener: QuoteListener): QuoteSubscription {
  const cursor = createReplayCursor(book)
  const heartbeatPushes = heartbeatEveryMs / pushEveryMs
  let quiet = 0
  let closed = false

  const step = (): void => {
    if (closed) return
    const now = clock.now()
    const quotes = cursor.moveTo(now).flatMap((position) => book.quoteOf(position, cursor.showing(position), now) ?? [])
    if (quotes.length > 0) {
      quiet = 0
      listener.onQuotes(quotes)
    } else if (++quiet >= heartbeatPushes) {
      quiet = 0
      listener.onHeartbeat?.(now)
    }
  }

  const stop = timers.every(pushEveryMs, step)
  step()
  return {
    close() {
      closed = true
      stop()
    },
  }
}
