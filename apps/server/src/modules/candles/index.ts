export type { CandleCache } from './candle-cache.ts'
export type {
  CandleStore,
  CandlesModule,
  CandlesPage,
  CandlesQuery,
  SeriesExtent,
  SuspectJump,
} from './candles-face.ts'
export { createCandlesModule } from './candles-module.ts'
