export {
  createMarketModule,
  type MarketModule,
  type MarketModuleParts,
  type MarketUpkeep,
} from './market-module.ts'
export type { MarketStatus } from './market-status.ts'
export type { PricedQuote } from './priced-quote.ts'
export type { SharedShelf } from './shared-quotes.ts'
export type { MarketSnapshot } from './snapshot.ts'
export type { ProviderHealth } from './source-guard.ts'
export type { TradedShare } from './traded-shares.ts'
