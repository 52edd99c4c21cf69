export type { Broker, BrokerHolding, BrokerPosition } from '@banyan/brokers'
export { type DayTrade, dayTradesOf } from './day-trades.ts'
export { figuresOf, summarise } from './figures.ts'
export type { BookRow } from './live-book/book-row.ts'
export type { BookGroup, BookOfPart, BookTotals } from './live-book/live-book.ts'
export { createLiveBookReader, type LiveBookReader } from './live-book/live-book-reader.ts'
export {
  createPortfolioModule,
  latestSync,
  type PortfolioModule,
  type PortfolioParts,
} from './portfolio-module.ts'
export type { PortfolioStore } from './portfolio-store.ts'
export type { PnlSnapshot, StoredBook } from './stored-book.ts'
export type { SyncReport } from './sync-book.ts'
