import type {
  AnalysisReply,
  InstrumentPatternsReply,
  MatchesReply,
  PatternsReply,
  SignalsReply,
} from '@banyan/contracts'
import { query } from './query.ts'
import { getJson, type Transport } from './send.ts'

interface Abortable {
  /** Aborts the call; the promise rejects with the signal's own reason. */
  readonly signal?: AbortSignal
}

export interface PatternsOptions extends Abortable {
  /** Default `day`. */
  readonly interval?: InstrumentPatternsReply['interval']
}

export interface MatchesOptions extends Abortable {
  /** Default `dtw`. */
  readonly metric?: MatchesReply['metric']
  /** Daily closes compared, 10–250, default 60. */
  readonly window?: number
  /** Matches, 1–50, default 10. */
  readonly k?: number
}

export type SignalSort = 'symbol' | 'pattern' | 'direction' | 'detected_at' | 'confidence' | 'interval_low' | 'n'

type Signal = SignalsReply['signals'][number]

export interface SignalsOptions extends Abortable {
  readonly symbol?: string
  /** A `pattern_id` of the catalogue. */
  readonly pattern?: string
  readonly direction?: Signal['direction']
  readonly timeframe?: Signal['timeframe']
  readonly verdict?: Signal['verdict']
  /** What the list is ordered by, `-` before it for falling; left out: what has an edge first. */
  readonly sort?: SignalSort | `-${SignalSort}`
  /** 1–100, default 20. */
  readonly limit?: number
  /** `next_cursor` of the page before. */
  readonly cursor?: string
}

/** Returns the calls of the pattern engine. None needs a credential. */
export function createAnalysisCalls(transport: Transport) {
  return {
    /** Returns every pattern the server knows, with its measured record. */
    patterns: ({ signal }: Abortable = {}) => getJson<PatternsReply>(transport, '/api/patterns', signal),

    /** Returns candlesticks and formations of one instrument, newest first. */
    instrumentPatterns: (symbol: string, { signal, interval }: PatternsOptions = {}) =>
      getJson<InstrumentPatternsReply>(transport, `${patternsOf(symbol)}${query({ interval })}`, signal),

    /** Returns past stretches of daily closes shaped like the newest one, and what followed them. */
    matches: (symbol: string, { signal, metric, window, k }: MatchesOptions = {}) =>
      getJson<MatchesReply>(transport, `${patternsOf(symbol)}/matches${query({ metric, window, k })}`, signal),

    /** Returns patterns completed lately with their measured record, best first, a page at a time. */
    signals: ({ signal, symbol, pattern, direction, timeframe, verdict, sort, limit, cursor }: SignalsOptions = {}) =>
      getJson<SignalsReply>(
        transport,
        `/api/signals${query({ symbol, pattern, direction, timeframe, verdict, sort, limit, cursor })}`,
        signal,
      ),

    /** Returns patterns, momentum and indicators of one instrument. */
    analysis: (symbol: string, { signal }: Abortable = {}) =>
      getJson<AnalysisReply>(transport, `/api/analysis/${encodeURIComponent(symbol)}`, signal),
  }
}

function patternsOf(symbol: string): string {
  return `/api/patterns/${encodeURIComponent(symbol)}`
}
