import type { Clock, EpochMs, InstrumentId, Quote } from '@banyan/domain'
import type { UpstreamPort } from '../http/upstream-port.ts'
import type { QuoteSource } from '../quote-source.ts'
import type { Chart } from './chart.ts'
import { yahooSymbolOf } from './symbols.ts'
import { fetchToday } from './yahoo-charts.ts'

export interface YahooQuotesParts {
  readonly port: UpstreamPort
  readonly clock: Clock
}

/** Prices are 15 minutes old anyway, and at one call a second more would be asked than can be answered. */
const cachedForMs = 60_000

/** One question is answered within so long, whatever is still open then: who asks does not wait much longer for a source. */
const answerWithinMs = 4_000

/**
 * Creates the fallback source of quotes: delayed, and at one instrument a second. Of many that are asked at once it answers those it has or
 * gets within four seconds, those it looked at longest ago first; the rest is absent, and there when it is asked for again.
 */
export function createYahooQuotes({ port, clock }: YahooQuotesParts): QuoteSource {
  const known = new Map<InstrumentId, { readonly chart: Chart | null; readonly at: EpochMs }>()
  const isFresh = (instrument: InstrumentId) =>
    clock.now() - (known.get(instrument)?.at ?? Number.NEGATIVE_INFINITY) < cachedForMs

  async function fetchMissing(instruments: readonly InstrumentId[], signal: AbortSignal): Promise<void> {
    const missing = instruments.filter((id) => yahooSymbolOf(id) !== null && !isFresh(id))
    const oldestFirst = missing.sort((a, b) => (known.get(a)?.at ?? 0) - (known.get(b)?.at ?? 0))
    const late = AbortSignal.timeout(answerWithinMs)
    const both = AbortSignal.any([signal, late])
    for (const instrument of oldestFirst) {
      if (late.aborted) return
      try {
        const chart = await fetchToday(port, instrument, both)
        known.set(instrument, { chart, at: clock.now() })
      } catch (error) {
        signal.throwIfAborted()
        if (late.aborted) return
        if (instruments.some(isFresh)) return // what is known is an answer; the failure shows when nothing is
        throw error
      }
    }
  }

  return {
    id: 'yahoo',
    probe: 'NSE:NIFTY 50' as InstrumentId,
    delivery: 'poll',
    lagging: true,
    async fetchQuotes(instruments, signal) {
      signal.throwIfAborted()
      await fetchMissing(instruments, signal)
      const quotes = new Map<InstrumentId, Quote>()
      for (const instrument of instruments) {
        const held = known.get(instrument)
        if (held?.chart && isFresh(instrument)) quotes.set(instrument, toQuote(instrument, held.chart, held.at))
      }
      return quotes
    },
  } satisfies QuoteSource
}

function toQuote(instrument: InstrumentId, { lastPrice, prevClose, asOf }: Chart, receivedAt: EpochMs): Quote {
  return { instrument, lastPrice, prevClose, volume: null, source: 'yahoo', asOf, receivedAt }
}
