import type { CandleRow } from './candle-row.ts'
import { type MissedAction, missedActions, realSteps } from './corporate-actions.ts'

/** A change from one close to the next that a split or bonus issue could explain: below 3/4 or above 4/3 of the former. */
export interface PriceStep {
  readonly symbol: string
  readonly date: string
  /** Close ÷ previous close. */
  readonly ratio: number
}

/** What is left of a step after its factor must be a day's ordinary move: the price band was 8 %, and prices are rounded. */
const largestResidual = 0.085

/** Returns the steps of one symbol's rows, which are in order of time. */
export function findSteps(rows: readonly CandleRow[]): PriceStep[] {
  return rows.flatMap((row, i) => {
    const ratio = row.close / (rows[i - 1]?.close ?? row.close)
    return ratio < 3 / 4 || ratio > 4 / 3 ? [{ symbol: row.symbol, date: row.time, ratio }] : []
  })
}

/** Returns the action that explains a step, or null for a step that is known to be real. Throws on a step nobody decided. */
export function explainStep(step: PriceStep): MissedAction | null {
  const action = missedActions.find((a) => a.symbol === step.symbol && a.exDate === step.date)
  if (!action) return assertReal(step)
  const residual = step.ratio * action.factor - 1
  if (Math.abs(residual) > largestResidual) {
    throw new Error(`${step.symbol} ${step.date}: factor ${action.factor} leaves ${(residual * 100).toFixed(1)} %.`)
  }
  return action
}

function assertReal(step: PriceStep): null {
  if (realSteps.some((real) => real.symbol === step.symbol && real.date === step.date)) return null
  throw new Error(`${step.symbol} ${step.date}: undecided step to ${step.ratio.toFixed(4)} of the previous close.`)
}
