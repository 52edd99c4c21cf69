import type { BrokerHolding, BrokerPosition } from '@banyan/brokers'
import type { Decimal, EpochMs, TradingDate } from '@banyan/domain'

/** What one account at one broker held when it was last read. */
export interface StoredBook {
  /** Provider id, or `csv` for a file of no broker. */
  readonly broker: string
  readonly brokerAccount: string
  /** Who told: the broker itself, or a file of it that a person imported. */
  readonly source: 'broker' | 'csv'
  /** Wall-clock instant the figures are as of. */
  readonly syncedAt: EpochMs
  /** Trading day of {@link syncedAt}. */
  readonly tradingDay: TradingDate
  readonly holdings: readonly BrokerHolding[]
  readonly positions: readonly BrokerPosition[]
}

/** What all books of an account came to on one trading day, in rupees. What is not known is null. */
export interface PnlSnapshot {
  readonly date: TradingDate
  /** Of holdings that have a price and a cost, as the next two. */
  readonly invested: Decimal | null
  readonly currentValue: Decimal | null
  readonly holdingsPnl: Decimal | null
  /** Of all net positions, those closed that day included; 0 without any. */
  readonly positionsPnl: Decimal | null
  readonly totalPnl: Decimal | null
  readonly dayPnl: Decimal | null
  /** Holdings without a price or a cost. */
  readonly unpricedCount: number
  /** Brokers whose figures in it are older than its date, ascending. */
  readonly staleBrokers: readonly string[]
}
