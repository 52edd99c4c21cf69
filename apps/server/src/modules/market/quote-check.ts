import type { EpochMs, Quote } from '@banyan/domain'

/** What an upstream said is believed only after this. */
export interface QuoteCheck {
  /** Id the quote must carry. */
  readonly source: string
  /** Market clock. */
  readonly now: EpochMs
  isKnown(instrument: Quote['instrument']): boolean
}

/** How far an exchange's or broker's clock may run ahead of ours. */
const clockToleranceMs = 2_000

/** No share, index or contract in India trades near this; a price above it is a broken number. */
const highestPrice = 1e9

/** Returns the quote fit for the book (an `asOf` within the tolerance is brought back to now), or null when it cannot be believed. */
export function toTrustedQuote(quote: Quote, { source, now, isKnown }: QuoteCheck): Quote | null {
  if (typeof quote !== 'object' || quote === null || quote.source !== source) return null
  if (!isKnown(quote.instrument) || !isPrice(quote.lastPrice)) return null
  if (quote.prevClose !== null && !isPrice(quote.prevClose)) return null
  if (quote.volume !== null && !(Number.isFinite(quote.volume) && quote.volume >= 0)) return null
  if (!Number.isInteger(quote.asOf) || quote.asOf <= 0 || quote.asOf > now + clockToleranceMs) return null
  return {
    instrument: quote.instrument,
    lastPrice: quote.lastPrice,
    prevClose: quote.prevClose,
    volume: quote.volume,
    source,
    asOf: Math.min(quote.asOf, now),
    receivedAt: Number.isInteger(quote.receivedAt) && quote.receivedAt <= now ? quote.receivedAt : now,
  }
}

const isPrice = (price: number) => Number.isFinite(price) && price > 0 && price < highestPrice
