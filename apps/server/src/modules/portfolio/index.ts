export type { Broker, BrokerHolding, BrokerPosition } from '@banyan/brokers'
export {
  createPortfolioImports,
  type ImportReport,
  type PortfolioFile,
  type PortfolioImports,
} from './csv-import/portfolio-imports.ts'
export type { ShownRow } from './csv-import/read-table.ts'
export { tableFormats } from './csv-import/table-formats.ts'
export { nearestFormat, readTableHeader, type TableHeader } from './csv-import/table-header.ts'
export type { FileRow } from './csv-import/table-row.ts'
export type { Trade } from './csv-import/trade.ts'
export type { TradeStore } from './csv-import/trade-store.ts'
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
export type { Return } from './returns/cash-flow.ts'
export { createReturnsReader, type ReturnsReader } from './returns/returns-reader.ts'
export type { PnlSnapshot, StoredBook } from './stored-book.ts'
export type { SyncReport } from './sync-book.ts'
