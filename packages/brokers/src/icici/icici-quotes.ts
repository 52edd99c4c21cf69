import type { Clock, InstrumentId, Quote } from '@banyan/domain'
import type { QuoteSource } from '../quote-source.ts'
import type { CodeList } from './code-list.ts'
import type { BreezeQuote } from './quote-rows.ts'
import { type SessionNow, sessionOf } from './session-of.ts'

export interface IciciQuotesParts {
  readonly session: SessionNow
  readonly codes: CodeList
  readonly clock: Clock
  /** Something Breeze has a code for, as `NSE:NIFTY 50`. */
  readonly probe: InstrumentId
}

const source = 'icici'

/**
 * Returns Breeze as a source of last resort: it gives one price a call and 100 calls a minute to everybody, so it answers when exactly one
 * thing it has a code for is asked for, and has nothing for any larger question, without a call.
 */
export function createIciciQuotes({ session, codes, clock, probe }: IciciQuotesParts) {
  return {
    id: source,
    probe,
    delivery: 'poll',
    lagging: false,
    async fetchQuotes(instruments, signal) {
      signal.throwIfAborted()
      const [instrument, ...others] = [...new Set(instruments)].filter((id) => codes.nameOf(id) !== null)
      const name = instrument === undefined ? null : codes.nameOf(instrument)
      if (instrument === undefined || name === null || others.length > 0) return new Map()
      const quote = await sessionOf(session, 'quote').quote(name, signal)
      const isIndex = codes.listingOf(name.exchange, name.code).isin === null
      return new Map(quote === null ? [] : [[instrument, toQuote(instrument, quote, isIndex, clock.now())]])
    },
  } satisfies QuoteSource
}

function toQuote(instrument: InstrumentId, quote: BreezeQuote, isIndex: boolean, receivedAt: number): Quote {
  return {
    instrument,
    lastPrice: quote.lastPrice,
    prevClose: quote.prevClose,
    volume: isIndex ? null : quote.volume,
    source,
    // The vendor's clock may be a little ahead of ours; a price is not from the future.
    asOf: Math.min(quote.tradedAt, receivedAt),
    receivedAt,
  }
}
