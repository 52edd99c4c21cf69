export type {
  AnalysisModule,
  AnalysisUpkeep,
  Calibration,
  CandlestickFind,
  Edge,
  EdgeRules,
  EdgeRun,
  FormationFind,
  HistoricalMatch,
  InstrumentAnalysis,
  ReturnSpread,
  Signal,
  SignalOrder,
  SignalPlace,
  SignalSort,
  TimedPoint,
} from './analysis-face.ts'
export { signalSorts, verdicts } from './analysis-face.ts'
export type { AnalysisJobs } from './analysis-jobs.ts'
export { createAnalysisModule } from './analysis-module.ts'
export type { AnalysisWorkers, EdgeStore } from './analysis-ports.ts'
export type { AnalysisParts } from './analysis-state.ts'
export type { Colleague, OpenReader } from './candle-reader.ts'
export { createEdgeRules } from './edge-rules.ts'
export { compareRanks, placeOf, rankOf, verdictOf } from './signal-order.ts'
export { isIntraday, signalHorizon, type Timeframe, timeframes } from './timeframe.ts'
