import type { CandleSeries, EpochMs, InstrumentId, MarketClock } from '@banyan/domain'
import type { CorpusContent } from '@banyan/patterns'
import type {
  Calibration,
  Edge,
  EdgeRules,
  InstrumentMatches,
  InstrumentPatterns,
  MatchQuery,
  ReturnSpread,
} from './analysis-face.ts'
import type { Indicators } from './indicators.ts'
import type { PatternEvent } from './pattern-events.ts'
import type { Timeframe } from './timeframe.ts'

/** The market's time at which a job reads: nothing later is seen. */
export type MarketMoment = Pick<MarketClock, 'mode' | 'recordedDate'> & { readonly now: EpochMs }

/** What an instrument's newest candles completed. */
export interface RecentEvents {
  readonly instrument: InstrumentId
  readonly timeframe: Timeframe
  readonly events: readonly (Pick<PatternEvent, 'pattern' | 'direction'> & { readonly detectedAt: EpochMs })[]
}

/** A piece of an instrument's candles and the events that count as cases in it, see `encodeEvents`. */
export interface SeriesEvents {
  readonly instrument: InstrumentId
  readonly timeframe: Timeframe
  readonly series: CandleSeries
  readonly events: Int32Array
}

/** Daily closes that are searched for similar stretches, in memory the threads share. */
export interface ClosesCorpus {
  readonly content: CorpusContent
  /** Opening of each close's candle, in the order of the content. */
  readonly times: Float64Array
  /** Whose closes each series of the content is. */
  readonly instruments: readonly InstrumentId[]
  /** What followed any of the closes. */
  readonly base: readonly ReturnSpread[]
}

/** The work that is done beside the event loop: plain data in, plain data out. */
export interface AnalysisJobs {
  readonly recent: {
    readonly input: {
      readonly moment: MarketMoment
      readonly instruments: readonly InstrumentId[]
      readonly timeframes: readonly Timeframe[]
    }
    readonly output: readonly RecentEvents[]
  }
  readonly edges: {
    readonly input: {
      readonly moment: MarketMoment
      readonly instruments: readonly InstrumentId[]
      readonly rules: EdgeRules
    }
    readonly output: {
      readonly edges: readonly Edge[]
      readonly calibration: readonly Calibration[]
      readonly instruments: number
      readonly candles: number
    }
  }
  /** A part of `edges`, for a colleague. */
  readonly events: {
    readonly input: { readonly moment: MarketMoment; readonly instruments: readonly InstrumentId[] }
    readonly output: readonly SeriesEvents[]
  }
  readonly patterns: {
    readonly input: { readonly moment: MarketMoment; readonly instrument: InstrumentId; readonly timeframe: Timeframe }
    readonly output: InstrumentPatterns
  }
  readonly corpus: {
    readonly input: { readonly moment: MarketMoment; readonly instruments: readonly InstrumentId[] }
    readonly output: ClosesCorpus
  }
  readonly matches: {
    readonly input: { readonly moment: MarketMoment; readonly query: MatchQuery; readonly corpus: ClosesCorpus }
    readonly output: InstrumentMatches
  }
  readonly indicators: {
    readonly input: { readonly moment: MarketMoment; readonly instrument: InstrumentId }
    readonly output: { readonly indicators: Indicators; readonly candles: number; readonly asOf: EpochMs | null }
  }
}
