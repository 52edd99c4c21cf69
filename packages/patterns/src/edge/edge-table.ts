export type EdgeDirection = 'bullish' | 'bearish'

/** A pattern found: the candle that completed it, in the series with that id. */
export interface PatternEvent {
  readonly id: string
  readonly index: number
  readonly pattern: string
  readonly direction: EdgeDirection
}

export interface EdgeOptions {
  /** How long a case is held, in candles from 1 on; each gives rows of its own. */
  readonly horizons: readonly number[]
  /** Cost of a case, in and out, in per cent of its entry price, 0 or more. It lowers the mean return and nothing else. */
  readonly costPct: number
  /** How many cases the base rate weighs; above 0, 50 if not given. */
  readonly priorWeight?: number
  /** Epoch ms: only candles closed by then count, so the table is the one a reader could have had at that moment. */
  readonly asOf?: number
}

export type EdgeVerdict = 'edge' | 'no_measurable_edge' | 'too_few_cases'

/** What became of one pattern in one direction after `horizon` candles. Rates and intervals in per cent, 0 to 100. */
export interface EdgeRow {
  readonly pattern: string
  readonly direction: EdgeDirection
  readonly horizon: number
  /** Finished cases, at least 1; of cases of one series that overlap, the first counts. */
  readonly n: number
  /** Cases that moved in `direction`, however little and whatever it cost; no move is a miss. */
  readonly hits: number
  readonly hitRate: number
  /** Of all candles of the universe, taken as cases, those that moved so. */
  readonly baseRate: number
  /** 100 · (hits + k·b) ÷ (n + k), b the base rate as a share, k the prior weight: the confidence of stocktrendz.md §5.1. */
  readonly shrunk: number
  /** 5 % and 95 % points of Beta(hits + k·b, n − hits + k·(1 − b)), in per cent. */
  readonly interval: readonly [number, number]
  /** Mean return of the cases after costs in per cent of the entry price; a fall counts as a gain for `bearish`. */
  readonly meanReturnPct: number
  /** Benjamini–Hochberg over all rows judged together, 0 to 1: the share of false finds among rows with a q this low. */
  readonly q: number
  readonly verdict: EdgeVerdict
}

export type EdgeTable = readonly EdgeRow[]
