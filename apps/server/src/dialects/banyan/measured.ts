import type { EdgeMeasurement } from '@banyan/contracts'
import { type EpochMs, formatIst, istDate } from '@banyan/domain'
import { type EdgeRun, isIntraday, type Timeframe } from '../../modules/analysis/index.ts'

/** Returns how the records a reply shows were measured; null before the first measurement. */
export function toMeasurement(run: EdgeRun | null): EdgeMeasurement | null {
  if (run === null) return null
  return {
    as_of: formatIst(run.asOf),
    instruments: run.instruments,
    candles: run.candles,
    horizons: [...run.horizons],
    cost_percent: run.costPct,
    prior_weight: run.priorWeight,
  }
}

/** Returns a bar's label: its date, or within the day the start of the bar. */
export function labelOf(timeframe: Timeframe): (opening: EpochMs) => string {
  return isIntraday(timeframe) ? formatIst : istDate
}
