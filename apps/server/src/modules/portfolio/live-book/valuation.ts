import type { Adjustment, InstrumentId, TradingDate } from '@banyan/domain'
import type { PricedQuote } from '../../market/index.ts'

/** What books are valued with. */
export interface Valuation {
  /** The trading day figures of a day are about. */
  readonly tradingDay: TradingDate
  /** True while recorded prices are played: then the market's price counts, whatever its time. */
  readonly isReplay: boolean
  priceOf(instrument: InstrumentId): PricedQuote | null
  /** Returns the ISIN the instrument lists tell; null where they do not. */
  isinOf(instrument: InstrumentId): string | null
  /** Corporate actions of an instrument, in any order. */
  adjustmentsOf(instrument: InstrumentId): readonly Adjustment[]
}
