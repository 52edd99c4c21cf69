import { type EpochMs, formatIst } from '@banyan/domain'
import type { MarketStatus, PricedQuote } from '../../modules/market/index.ts'

/** Returns the four fields beside a price; all null without one. `now` is on the market clock; an age is never negative. */
export function toProvenance(quote: PricedQuote | null, now: EpochMs) {
  if (quote === null) return { source: null, as_of: null, age_ms: null, delay: null }
  return { source: quote.source, as_of: formatIst(quote.asOf), age_ms: toAgeMs(now, quote.asOf), delay: quote.delay }
}

export function toAgeMs(now: EpochMs, asOf: EpochMs): number {
  return Math.max(0, Math.round(now - asOf))
}

/** Returns which market a reply shows; every reply with prices carries it. */
export function toMarketMode(status: Pick<MarketStatus, 'mode' | 'recordedDate'>) {
  return { mode: status.mode, recorded_date: status.recordedDate }
}
