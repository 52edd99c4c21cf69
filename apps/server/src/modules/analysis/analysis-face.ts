import type { EpochMs, InstrumentId, TradingDate } from '@banyan/domain'
import type { CalibrationBin, CandlestickInfo, Formation, FormationPattern, SimilarityMetric } from '@banyan/patterns'
import type { Indicators } from './indicators.ts'
import type { Timeframe } from './timeframe.ts'

export type PatternDirection = 'bullish' | 'bearish'

/** Best first, as lists of signals are ordered. */
export const verdicts = ['edge', 'no_measurable_edge', 'too_few_cases'] as const
export type Verdict = (typeof verdicts)[number]

/** The track record of one pattern in one direction on one timeframe. Rates and the interval in per cent. */
export interface Edge {
  readonly timeframe: Timeframe
  readonly pattern: string
  readonly direction: PatternDirection
  /** In candles. */
  readonly horizon: number
  readonly n: number
  readonly hits: number
  readonly hitRate: number
  readonly baseRate: number
  readonly shrunk: number
  readonly interval: readonly [low: number, high: number]
  readonly meanReturnPct: number
  readonly q: number
  readonly verdict: Verdict
}

/** How the edges were measured. */
export interface EdgeRules {
  readonly horizons: readonly number[]
  /** In and out, in per cent of the entry price. Mean returns are after it; hits are any move in the direction. */
  readonly costPct: number
  /** How many cases the base rate weighs. */
  readonly priorWeight: number
}

/** What the records of a timeframe promised up to a moment, at {@link signalHorizon}, against what came after it. */
export interface Calibration {
  readonly timeframe: Timeframe
  readonly horizon: number
  readonly split: EpochMs
  /** By promised rate, rising; never empty. */
  readonly bins: readonly CalibrationBin[]
}

/** One measurement of all edges. */
export interface EdgeRun extends EdgeRules {
  /** Grows with every measurement begun. */
  readonly number: number
  /** Market time; nothing later entered. */
  readonly asOf: EpochMs
  /** What was imported when it was measured. */
  readonly revision: string
  readonly instruments: number
  readonly candles: number
  readonly edges: readonly Edge[]
  /** Of days and weeks; none where the history is too short for two parts. */
  readonly calibration: readonly Calibration[]
}

/** A pattern that was completed lately, with its record. */
export interface Signal {
  readonly instrument: InstrumentId
  readonly symbol: string
  readonly pattern: string
  readonly patternName: string
  readonly direction: PatternDirection
  readonly timeframe: Timeframe
  /** Close of the candle that completed it. */
  readonly detectedAt: EpochMs
  /** At {@link signalHorizon}; null while no case was ever finished. */
  readonly edge: Edge | null
}

export interface SignalQuery {
  readonly pattern: string | null
  readonly direction: PatternDirection | null
  readonly timeframe: Timeframe | null
  readonly verdict: Verdict | null
  readonly instrument: InstrumentId | null
}

/** What signals are ordered by: verdict, shrunk hit rate falling and unknown last, symbol; the rest makes the order total. */
export type SignalRank = readonly [verdict: number, confidence: number, symbol: string, rest: string]

/** What else signals can be ordered by; `lower` is the low end of the interval, `cases` how many were finished. */
export const signalSorts = ['symbol', 'pattern', 'direction', 'detectedAt', 'confidence', 'lower', 'cases'] as const
export type SignalSort = (typeof signalSorts)[number]

export interface SignalOrder {
  readonly by: SignalSort
  readonly descending: boolean
}

/** A place in an order: what it is ordered by, null where that is not known (last, whichever way); among equals the rank decides. */
export interface SignalPlace {
  readonly key: string | number | null
  readonly rank: SignalRank
}

export interface SignalPageQuery {
  /** Null is the order of {@link SignalRank}. */
  readonly order: SignalOrder | null
  /** The last place of the page before, in the same order. */
  readonly after: SignalPlace | null
  readonly limit: number
}

export interface SignalPage {
  readonly signals: readonly Signal[]
  /** Signals that pass the filter, on all pages. */
  readonly total: number
  readonly hasMore: boolean
}

/** A candlestick pattern of an instrument. */
export interface CandlestickFind {
  readonly pattern: string
  /** Null where the sign of the value tells no direction. */
  readonly direction: PatternDirection | null
  /** As TA-Lib: ±80, ±100, ±200. */
  readonly value: number
  /** Opening of the first and of the completing candle. */
  readonly from: EpochMs
  readonly time: EpochMs
  readonly detectedAt: EpochMs
}

/** A formation with times in place of positions. */
export interface FormationFind
  extends Pick<Formation, 'pattern' | 'direction' | 'state' | 'quality' | 'breakout' | 'target' | 'stop'> {
  readonly from: EpochMs
  readonly to: EpochMs
  /** Close of the candle at which the shape was first seen, and of the one that broke out; null while none has. */
  readonly detectedAt: EpochMs
  readonly confirmedAt: EpochMs | null
  readonly anchors: readonly TimedPoint[]
  readonly lines: readonly { readonly role: string; readonly from: TimedPoint; readonly to: TimedPoint }[]
}

export interface TimedPoint {
  readonly role: string
  /** Opening of the candle; a line's end may lie between no two candles of a holiday, never after the newest. */
  readonly time: EpochMs
  readonly price: number
}

/** What was found in an instrument's candles, newest first. */
export interface InstrumentPatterns {
  readonly instrument: InstrumentId
  readonly timeframe: Timeframe
  readonly candles: number
  /** Opening of the first candle searched; null without candles. */
  readonly from: EpochMs | null
  /** Close of the newest candle; null without candles. */
  readonly asOf: EpochMs | null
  readonly candlesticks: readonly CandlestickFind[]
  readonly formations: readonly FormationFind[]
}

export interface PatternCatalogue {
  readonly candlesticks: readonly CandlestickInfo[]
  readonly formations: readonly FormationPattern[]
}

export interface MatchQuery {
  readonly instrument: InstrumentId
  readonly metric: SimilarityMetric
  /** Daily closes compared. */
  readonly window: number
  readonly k: number
}

/** A past stretch of daily closes shaped like the newest one. */
export interface HistoricalMatch {
  readonly instrument: InstrumentId
  readonly from: TradingDate
  readonly to: TradingDate
  readonly distance: number
  readonly similarity: number
  /** Change of the close in the candles after it, in per cent, one per horizon. */
  readonly followedPct: readonly number[]
}

/** How returns are spread, in per cent. Null where there is nothing to spread. */
export interface ReturnSpread {
  readonly horizon: number
  readonly n: number
  readonly upPct: number | null
  readonly meanPct: number | null
  /** 10, 25, 50, 75 and 90 % points. */
  readonly points: readonly number[] | null
}

export interface InstrumentMatches {
  readonly from: TradingDate
  readonly to: TradingDate
  readonly matches: readonly HistoricalMatch[]
  readonly followed: readonly ReturnSpread[]
  /** Of all stretches that were searched. */
  readonly base: readonly ReturnSpread[]
  readonly searched: { readonly instruments: number; readonly closes: number }
}

/** One part of the composite: what it reads, what that means on the scale, and how much it counts. */
export interface ScorePart {
  readonly part: string
  readonly group: 'patterns' | 'momentum'
  readonly value: number | null
  /** 0 bearish to 100 bullish; null when the value is not known. */
  readonly score: number | null
  /** 0–1; the weights of the known parts are scaled to add up to 1. */
  readonly weight: number
  readonly meaning: string
}

export interface InstrumentAnalysis {
  readonly instrument: InstrumentId
  /** 0–100; null while no part is known. */
  readonly score: number | null
  readonly sentiment: 'bullish' | 'neutral' | 'bearish' | null
  readonly parts: readonly ScorePart[]
  readonly indicators: Indicators
  readonly signals: readonly Signal[]
  readonly candles: number
  readonly asOf: EpochMs | null
}

/** In instruments. */
export interface MeasuringProgress {
  readonly done: number
  readonly total: number
}

export interface AnalysisModule {
  readonly catalogue: PatternCatalogue
  /** How edges are measured by this release. */
  readonly rules: EdgeRules
  /** Returns the name of a pattern for people. */
  nameOf(pattern: string): string
  /** Returns the measurement in force at the market's time; null before the first. */
  edges(): EdgeRun | null
  /** Returns the record of a pattern at {@link signalHorizon}; null before the first measurement and without a finished case. */
  edgeOf(asked: Pick<Edge, 'timeframe' | 'pattern' | 'direction'>): Edge | null
  /** Returns how far the measurement under way on this instance is; null when none is. */
  measuring(): MeasuringProgress | null
  /** Returns the signals that pass the filter, best first (by verdict, shrunk hit rate, symbol) or as asked; of those behind `after` at most `limit`. */
  pageOfSignals(query: SignalQuery, page: SignalPageQuery): SignalPage
  /** Returns the first ten of all; the same array until something changed. Never waits. */
  topSignals(): readonly Signal[]
  /** Throws `unknown_symbol`. An instrument without candles has no patterns. */
  findPatterns(instrument: InstrumentId, timeframe: Timeframe): Promise<InstrumentPatterns>
  /** Throws `unknown_symbol`, and `invalid_parameter` for a window longer than the instrument's history. */
  findMatches(query: MatchQuery): Promise<InstrumentMatches>
  /** Throws `unknown_symbol`. With few candles parts and indicators are null. */
  analyse(instrument: InstrumentId): Promise<InstrumentAnalysis>
}

/** What the server's own machinery asks, for warmers. */
export interface AnalysisUpkeep {
  /**
   * Takes over newer edges, searches the instruments whose candles closed since the last call, all of them at first and after an import, and has
   * the closes at hand that `findMatches` searches.
   */
  follow(revision: string, signal: AbortSignal): Promise<void>
  /** Measures the edges anew when a trading day or an import is newer than those in force. */
  measure(revision: string, signal: AbortSignal): Promise<void>
}
