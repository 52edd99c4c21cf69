export type { CandleSeries } from '@banyan/domain'
export { type CandlestickId, candlestickIds } from './candlesticks/candlestick-id.ts'
export type { CandlestickInfo } from './candlesticks/candlestick-pattern.ts'
export { candlestickPatterns } from './candlesticks/candlestick-patterns.ts'
export {
  type CandlestickHit,
  type CandlestickOptions,
  type CandlestickScan,
  scanCandlesticks,
} from './candlesticks/scan-candlesticks.ts'
export { type CalibrationBin, calibrateEdges } from './edge/calibrate-edges.ts'
export type { EdgeDirection, EdgeOptions, EdgeRow, EdgeTable, EdgeVerdict, PatternEvent } from './edge/edge-table.ts'
export { createEdgeTally, type EdgeTally, type SeriesEvent } from './edge/edge-tally.ts'
export { judgeEdges } from './edge/judge-edges.ts'
export { measureEdge } from './edge/measure-edge.ts'
export { findFormations } from './formations/find-formations.ts'
export {
  type Anchor,
  type Formation,
  type FormationDirection,
  type FormationEvent,
  type FormationId,
  type FormationLine,
  type FormationState,
  formationIds,
  type NamedAnchor,
} from './formations/formation.ts'
export type { QualityPart } from './formations/formation-definition.ts'
export type { FormationOptions } from './formations/formation-options.ts'
export { type FormationParameter, type FormationPattern, formationPatterns } from './formations/formation-patterns.ts'
export { readAt } from './formations/read-at.ts'
export * from './pattern-input-error.ts'
export type { Corpus, CorpusContent, CorpusPart, Match, SharedCorpus, SimilarityOptions } from './similarity/corpus.ts'
export { createCorpus } from './similarity/create-corpus.ts'
export { mergeMatches } from './similarity/merge-matches.ts'
export { openCorpus } from './similarity/open-corpus.ts'
export { type SimilarityMetric, similarityMetrics } from './similarity/similarity-metric.ts'
