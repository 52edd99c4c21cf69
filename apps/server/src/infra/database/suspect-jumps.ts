import { dayMs, type EpochMs, istMidnight, storedIntervals, type TradingDate } from '@banyan/domain'
import type { FreshJump } from '../../modules/imports/index.ts'

/** A daily close above 1.4 or below 0.6 of the one before is a corporate action until one is known to explain it. */
export const suspectStep = 0.4

/**
 * Neighbours further apart are not compared: between them lies a suspension or a file that is missing, and a share may come back at
 * any price by itself. The longest holidays of NSE and BSE last days, so within a month two bars are a series.
 */
export const longestGapMs = 30 * dayMs

export const dailyMinutes = storedIntervals.day

/** A daily bar whose close lies far from that of the bar before it. */
export interface PriceStep {
  readonly previousTime: EpochMs
  readonly time: EpochMs
  readonly previousClose: number
  readonly close: number
}

/** The daily bars just written of one series; both ends included. */
export interface TouchedSeries {
  readonly instrumentKey: number
  readonly sourceKey: number
  readonly from: EpochMs
  readonly to: EpochMs
}

/** Tells whether some ex-date lies after the previous bar and not after this one. */
export function isExplained(step: PriceStep, exDates: readonly TradingDate[]): boolean {
  return exDates.some((exDate) => {
    const at = istMidnight(exDate)
    return step.previousTime < at && at <= step.time
  })
}

/** Returns which recorded jumps no longer hold and which steps are to be recorded; both lists cover the same range. */
export function compareJumps(
  recorded: readonly Omit<PriceStep, 'previousTime'>[],
  current: readonly PriceStep[],
): { readonly stale: readonly EpochMs[]; readonly fresh: readonly PriceStep[] } {
  const same = (a: Omit<PriceStep, 'previousTime'>, b: Omit<PriceStep, 'previousTime'>) =>
    a.time === b.time && a.previousClose === b.previousClose && a.close === b.close
  return {
    stale: recorded.filter((jump) => !current.some((step) => same(step, jump))).map((jump) => jump.time),
    fresh: current.filter((step) => !recorded.some((jump) => same(step, jump))),
  }
}

/** Returns a step as the import is told of it. */
export function toFreshJump(instrumentKey: number, sourceKey: number, step: PriceStep): FreshJump {
  return { instrumentKey, sourceKey, time: step.time, previousClose: step.previousClose, close: step.close }
}

/**
 * Returns the steps over 40 % between neighbours of `[time, close]` pairs at most 30 days apart, oldest first; the first pair only
 * serves as the second's past.
 */
export function findSteps(closes: readonly (readonly [EpochMs, number])[]): readonly PriceStep[] {
  const steps: PriceStep[] = []
  let previous = closes[0]
  for (const bar of closes) {
    if (previous && isSuspect(previous, bar)) {
      steps.push({ previousTime: previous[0], time: bar[0], previousClose: previous[1], close: bar[1] })
    }
    previous = bar
  }
  return steps
}

function isSuspect(previous: readonly [EpochMs, number], bar: readonly [EpochMs, number]): boolean {
  if (bar[0] - previous[0] > longestGapMs || previous[1] <= 0) return false
  return Math.abs(bar[1] / previous[1] - 1) > suspectStep
}
