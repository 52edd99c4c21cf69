import type { PatternEdge, Signal as SignalBody, wireTimeframes } from '@banyan/contracts'
import { formatIst, roundHalfAway } from '@banyan/domain'
import {
  type AnalysisModule,
  type Edge,
  type Signal,
  signalHorizon,
  type Timeframe,
  verdictOf,
} from '../../modules/analysis/index.ts'

/** Timeframes as the contract writes them (stocktrendz.md §5.1). */
export const wireTimeframe: Readonly<Record<Timeframe, (typeof wireTimeframes)[number]>> = {
  '15minute': '15m',
  '60minute': '1h',
  day: '1d',
  week: '1w',
}

type Rules = AnalysisModule['rules']

/** Renders a signal. Rates have 2 decimals but the confidence, which has 1; without a finished case they are null. */
export function toSignal(signal: Signal, { priorWeight }: Rules): SignalBody {
  const { symbol, instrument, pattern, patternName, direction, timeframe, detectedAt, edge } = signal
  return {
    symbol,
    instrument,
    pattern: patternName,
    pattern_id: pattern,
    direction,
    timeframe: wireTimeframe[timeframe],
    detected_at: formatIst(detectedAt),
    ...toRecord(edge, { bars: edge?.horizon ?? signalHorizon, timeframe: wireTimeframe[timeframe] }),
    prior_weight: priorWeight,
    interval: edge && [roundHalfAway(edge.interval[0], 2), roundHalfAway(edge.interval[1], 2)],
    verdict: verdictOf(signal),
  }
}

function toRecord(edge: Edge | null, horizon: SignalBody['horizon']) {
  return {
    confidence: edge && roundHalfAway(edge.shrunk, 1),
    horizon,
    n: edge?.n ?? 0,
    hits: edge?.hits ?? 0,
    base_rate: edge && roundHalfAway(edge.baseRate, 2),
  }
}

/** Renders one measured record. */
export function toPatternEdge(edge: Edge, { priorWeight }: Rules): PatternEdge {
  const timeframe = wireTimeframe[edge.timeframe]
  return {
    timeframe,
    direction: edge.direction,
    ...toRecord(edge, { bars: edge.horizon, timeframe }),
    prior_weight: priorWeight,
    interval: [roundHalfAway(edge.interval[0], 2), roundHalfAway(edge.interval[1], 2)],
    verdict: edge.verdict,
    hit_rate: roundHalfAway(edge.hitRate, 2),
    mean_return_percent: roundHalfAway(edge.meanReturnPct, 3),
    q: roundHalfAway(edge.q, 4),
  }
}
