import type { InstrumentId } from './instrument.ts'
import type { EpochMs } from './market-time.ts'

/** Delay classes, best first; a total inherits the worst class of its parts. Meanings: stocktrendz.md §2.3. */
export const delayClasses = ['live', 'snapshot', 'close', 'delayed', 'replay'] as const
export type DelayClass = (typeof delayClasses)[number]

/** A price as its source gave it. A source that knows no price gives no quote: there is no zero and no guess. */
export interface Quote {
  readonly instrument: InstrumentId
  /** Last traded price, or the official close once it is out; rupees, > 0. */
  readonly lastPrice: number
  /** Close of the session before the one `asOf` belongs to, on the same price basis; null when unknown. */
  readonly prevClose: number | null
  /** Units traded in the session so far; null for indices and where the source does not tell. */
  readonly volume: number | null
  /** Provider id as `/api/health` lists it. */
  readonly source: string
  /** Exchange time of the price, on the market clock. */
  readonly asOf: EpochMs
  /** When this process received it, on the market clock. */
  readonly receivedAt: EpochMs
}

/** Returns the change against the previous close in rupees and per cent, unrounded; nulls when the previous close is unknown. */
export function changeOf(quote: Pick<Quote, 'lastPrice' | 'prevClose'>): {
  change: number | null
  changePct: number | null
} {
  if (quote.prevClose === null || quote.prevClose === 0) return { change: null, changePct: null }
  const change = quote.lastPrice - quote.prevClose
  return { change, changePct: (change / quote.prevClose) * 100 }
}
