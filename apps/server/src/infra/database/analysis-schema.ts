import type { Generated } from 'kysely'

/** Tables of measured edges. */
export interface AnalysisSchema {
  edge_runs: EdgeRunsTable
  edges: EdgesTable
}

/** All but number and day are null until the measurement has ended. */
interface EdgeRunsTable {
  number: Generated<number>
  as_of: number
  revision: string | null
  /** Whole numbers with commas between them. */
  horizons: string | null
  cost_pct: number | null
  prior_weight: number | null
  instruments: number | null
  candles: number | null
  /** JSON of a list of `Calibration`. */
  calibration: string | null
}

/** Rates and the interval in per cent. */
export interface EdgesTable {
  run_number: number
  timeframe: string
  pattern: string
  direction: string
  horizon: number
  n: number
  hits: number
  hit_rate: number
  base_rate: number
  shrunk: number
  interval_low: number
  interval_high: number
  mean_return_pct: number
  q: number
  verdict: string
}
