import type { PatternsReply } from '@banyan/client'

export type Calibration = PatternsReply['calibration'][number]
export type CalibrationBin = Calibration['bins'][number]

/** Rates in per cent that both axes reach, round and the same, so that the diagonal is a diagonal. */
export interface CalibrationScale {
  readonly low: number
  readonly high: number
  /** A line each, rising. */
  readonly ticks: readonly number[]
}

/** Returns a scale that holds every promise, rate, usual rate and interval. */
export function calibrationScale(bins: readonly CalibrationBin[]): CalibrationScale {
  const rates = bins.flatMap(({ promised, hit_rate, usual, interval }) => [
    promised,
    hit_rate,
    usual,
    ...(interval ?? []),
  ])
  const [least, most] = [Math.min(...rates), Math.max(...rates)]
  const step = [2, 5, 10].find((one) => (most - least) / one <= 6) ?? 20
  const [low, high] = [Math.floor(least / step) * step, Math.ceil(most / step) * step]
  const top = high > low ? high : low + step
  return { low, high: top, ticks: Array.from({ length: Math.round((top - low) / step) + 1 }, (_, i) => low + i * step) }
}

/** Returns in how many groups the interval holds what was promised, and the usual rate; groups without an interval tell nothing. */
export function heldCounts(bins: readonly CalibrationBin[]) {
  const told = bins.filter(({ interval }) => interval !== null)
  const holding = (figure: (bin: CalibrationBin) => number) =>
    told.filter((bin) => {
      const [low = Number.NaN, high = Number.NaN] = bin.interval ?? []
      return low <= figure(bin) && figure(bin) <= high
    }).length
  return { promised: holding(({ promised }) => promised), usual: holding(({ usual }) => usual), told: told.length }
}
