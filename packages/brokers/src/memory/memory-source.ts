import type { Clock, InstrumentId, Quote } from '@banyan/domain'
import type { QuoteListener, QuoteSource } from '../quote-source.ts'

export interface MemorySourceParts {
  readonly clock: Clock
  readonly probe: InstrumentId
  /** `memory` by default. */
  readonly id?: string
  /** `poll` by default. */
  readonly delivery?: QuoteSource['delivery']
  readonly lagging?: boolean
}

/** How the source behaves towards fetches: answers, fails, never answers, or answers after a wait. */
export type MemoryBehaviour = 'answer' | 'fail' | 'hang' | { readonly lagMs: number }

/** A quote source that holds what it is given and misbehaves when told. For tests, and as the reference of the port. */
export interface MemorySource extends QuoteSource {
  /** Sets prices without pushing them. */
  hold(prices: Readonly<Record<string, number | Partial<Quote>>>): void
  /** Sets prices and pushes them to whoever subscribed. */
  push(prices: Readonly<Record<string, number | Partial<Quote>>>): void
  forget(): void
  behave(behaviour: MemoryBehaviour): void
  heartbeat(): void
  goDown(reason: string): void
  /** Instruments of every fetch so far. */
  readonly calls: readonly (readonly InstrumentId[])[]
  /** Fetches begun and neither answered nor aborted. */
  pending(): number
  subscribers(): number
}

/** Returns an empty source. A price given as a number is as of now with an unknown previous close. */
export function createMemorySource(parts: MemorySourceParts): MemorySource {
  const { clock, id = 'memory', delivery = 'poll' } = parts
  const quotes = new Map<InstrumentId, Quote>()
  const listeners = new Set<QuoteListener>()
  const calls: InstrumentId[][] = []
  let behaviour: MemoryBehaviour = 'answer'
  let pending = 0

  const toQuote = (instrument: string, price: number | Partial<Quote>): Quote => ({
    instrument: instrument as InstrumentId,
    lastPrice: typeof price === 'number' ? price : 1,
    prevClose: null,
    volume: null,
    source: id,
    asOf: clock.now(),
    receivedAt: clock.now(),
    ...(typeof price === 'number' ? {} : price),
  })
  const hold = (prices: Readonly<Record<string, number | Partial<Quote>>>): Quote[] => {
    const held = Object.entries(prices).map(([instrument, price]) => toQuote(instrument, price))
    for (const quote of held) quotes.set(quote.instrument, quote)
    return held
  }
  const waitFor = async (signal: AbortSignal): Promise<void> => {
    if (behaviour === 'fail') throw new Error(`${id} failed`)
    if (behaviour === 'answer') return
    pending += 1
    try {
      await abortableWait(behaviour === 'hang' ? null : behaviour.lagMs, signal)
    } finally {
      pending -= 1
    }
  }

  return {
    id,
    probe: parts.probe,
    delivery,
    lagging: parts.lagging ?? false,
    async fetchQuotes(instruments, signal) {
      signal.throwIfAborted()
      calls.push([...instruments])
      await waitFor(signal)
      return new Map(instruments.flatMap((i) => (quotes.has(i) ? [[i, quotes.get(i) as Quote]] : [])))
    },
    ...(delivery === 'stream' && { subscribe: (listener: QuoteListener) => subscribeTo(listeners, listener) }),
    hold,
    push(prices) {
      const held = hold(prices)
      if (held.length > 0) for (const listener of listeners) listener.onQuotes(held)
    },
    forget: () => quotes.clear(),
    behave: (how) => {
      behaviour = how
    },
    heartbeat: () => {
      for (const listener of listeners) listener.onHeartbeat?.(clock.now())
    },
    goDown: (reason) => {
      for (const listener of listeners) listener.onDown?.(reason)
    },
    calls,
    pending: () => pending,
    subscribers: () => listeners.size,
  } satisfies MemorySource
}

function subscribeTo(listeners: Set<QuoteListener>, listener: QuoteListener) {
  // A wrapper of its own, so that one listener subscribed twice is told twice and closed once each.
  const own: QuoteListener = {
    onQuotes: (quotes) => listener.onQuotes(quotes),
    onHeartbeat: (at) => listener.onHeartbeat?.(at),
    onDown: (reason) => listener.onDown?.(reason),
  }
  listeners.add(own)
  return { close: () => void listeners.delete(own) }
}

/** Resolves after `ms`, never when null; rejects with the signal's reason as soon as it is aborted. */
function abortableWait(ms: number | null, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = ms === null ? null : setTimeout(resolve, ms)
    const onAbort = () => {
      if (timer) clearTimeout(timer)
      reject(signal.reason)
    }
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
}
