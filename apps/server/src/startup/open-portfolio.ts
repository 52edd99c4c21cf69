import type { Clock, TradingCalendar } from '@banyan/domain'
import type { Database } from '../infra/database/database.ts'
import { createPortfolioStore } from '../infra/database/portfolio/create-portfolio-store.ts'
import { createTradeStore } from '../infra/database/portfolio/trades-store.ts'
import {
  type BookReport,
  type BrokerSessionsModule,
  createBrokerSessionsModule,
} from '../modules/broker-sessions/index.ts'
import type { CandlesModule } from '../modules/candles/index.ts'
import type { InstrumentsModule } from '../modules/instruments/index.ts'
import type { MarketModule } from '../modules/market/index.ts'
import {
  createLiveBookReader,
  createPortfolioImports,
  createPortfolioModule,
  createReturnsReader,
  type LiveBookReader,
  type PortfolioImports,
  type PortfolioModule,
  type ReturnsReader,
  type SyncReport,
} from '../modules/portfolio/index.ts'
import type { OpenBrokers } from './open-brokers.ts'

export interface OpenPortfolioParts {
  readonly database: Database
  readonly calendar: TradingCalendar
  /** The wall clock. */
  readonly clock: Clock
  readonly market: Pick<MarketModule, 'now' | 'quotes' | 'peek' | 'status'>
  readonly instruments: Pick<InstrumentsModule, 'find' | 'findByUpstreamName' | 'list'>
  readonly candles: Pick<CandlesModule, 'getCandles' | 'listActionsAfter'>
  readonly brokers: Pick<OpenBrokers, 'brokers' | 'unavailable' | 'timers' | 'readCode' | 'budgetLeft'>
}

export interface OpenPortfolio {
  readonly portfolio: PortfolioModule
  readonly portfolioImports: PortfolioImports
  readonly readLiveBook: LiveBookReader
  readonly readReturns: ReturnsReader
  readonly brokerSessions: BrokerSessionsModule
}

/** Builds the books over the database, and the sessions that are kept for reading them. */
export function openPortfolio({
  database,
  calendar,
  clock,
  brokers,
  market,
  instruments,
  candles,
}: OpenPortfolioParts): OpenPortfolio {
  const trades = createTradeStore(database)
  const portfolio = createPortfolioModule({ store: createPortfolioStore(database), trades, calendar, clock })
  const portfolioImports = createPortfolioImports({ books: portfolio, trades, instruments, calendar, clock })
  const brokerSessions = createBrokerSessionsModule({
    ...brokers,
    clock,
    books: {
      sync: async (accountId, broker, open) => toBookReport(broker.id, await portfolio.sync(accountId, broker, open)),
      // A book that a file told is no sync.
      listBooks: async (accountId) => (await portfolio.books(accountId)).filter(({ source }) => source === 'broker'),
    },
  })
  const readLiveBook = createLiveBookReader({
    books: portfolio.books,
    market,
    instruments,
    listActionsAfter: candles.listActionsAfter,
    calendar,
    clock,
  })
  const readReturns = createReturnsReader({ trades, readLiveBook, candles, instruments, clock: market })
  return { portfolio, portfolioImports, readLiveBook, readReturns, brokerSessions }
}

function toBookReport(broker: BookReport['broker'], { book, warnings }: SyncReport): BookReport {
  const open = book.positions.filter(({ quantity }) => !quantity.eq(0))
  return {
    broker,
    brokerAccount: book.brokerAccount,
    holdings: book.holdings.length,
    netPositions: open.filter(({ type }) => type === 'net').length,
    dayPositions: open.filter(({ type }) => type === 'day').length,
    syncedAt: book.syncedAt,
    snapshotDate: book.tradingDay,
    warnings,
  }
}
