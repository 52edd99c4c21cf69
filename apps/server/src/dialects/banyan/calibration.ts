import type { PatternsReply } from '@banyan/contracts'
import { formatIst, roundHalfAway } from '@banyan/domain'
import type { Calibration, EdgeRun } from '../../modules/analysis/index.ts'
import { wireTimeframe } from '../api/signal-body.ts'

type CalibrationBody = PatternsReply['calibration'][number]

/** Renders whether the records held; nothing before the first measurement. Rates have 2 decimals. */
export function toCalibration(run: EdgeRun | null): CalibrationBody[] {
  return (run?.calibration ?? []).map(({ timeframe, horizon, split, bins }) => ({
    timeframe: wireTimeframe[timeframe],
    horizon: { bars: horizon, timeframe: wireTimeframe[timeframe] },
    split_at: formatIst(split),
    bins: bins.map(toBin),
  }))
}

function toBin(bin: Calibration['bins'][number]): CalibrationBody['bins'][number] {
  const { promised, records, n, hits, hitRate, interval, usual } = bin
  return {
    promised: roundHalfAway(promised, 2),
    records,
    n,
    hits,
    hit_rate: roundHalfAway(hitRate, 2),
    interval: interval === null ? null : interval.map((bound) => roundHalfAway(bound, 2)),
    usual: roundHalfAway(usual, 2),
  }
}
