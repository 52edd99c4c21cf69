import type { Clock, TradingCalendar } from '@banyan/domain'
import type { MarketModule } from '../../modules/market/index.ts'
import type { Broker, PortfolioModule } from '../../modules/portfolio/index.ts'

export interface PortfolioParts {
  readonly portfolio: PortfolioModule
  /** Those whose books can be read. */
  readonly brokers: readonly Pick<Broker, 'id' | 'name' | 'open'>[]
  readonly market: Pick<MarketModule, 'status'>
  readonly calendar: TradingCalendar
  /** The wall clock. */
  readonly clock: Clock
}
