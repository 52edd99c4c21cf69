import type { TradingDate } from '@banyan/domain'
import type { CashFlow, Return } from './cash-flow.ts'

/** What a portfolio was worth at the end of a day; null when it is not known in full. */
export interface DatedValue {
  readonly date: TradingDate
  readonly value: number | null
}

/**
 * Returns the growth of one rupee that stayed in the portfolio from the first value to the last (time-weighted, not yearly), values ascending:
 * the product over neighbouring values of (value + taken out) ÷ (value before + put in). Money counts as put in at the beginning of its
 * stretch and taken out at its end, so selling all is worth what the sale brought.
 *
 * `too_short` with fewer than two values; `value_unknown` when one of them is; `no_answer` when something grew out of nothing.
 */
export function timeWeightedReturn(values: readonly DatedValue[], flows: readonly CashFlow[]): Return {
  if (values.length < 2) return { unknown: 'too_short' }
  let growth = 1
  for (let i = 1; i < values.length; i++) {
    const [before, after] = [values[i - 1], values[i]]
    if (before?.value == null || after?.value == null) return { unknown: 'value_unknown' }
    const { putIn, takenOut } = flowsBetween(flows, before.date, after.date)
    const [start, end] = [before.value + putIn, after.value + takenOut]
    if (start <= 0 && end !== 0) return { unknown: 'no_answer' }
    if (start > 0) growth *= end / start
  }
  return { pct: (growth - 1) * 100 }
}

/** Sums of the flows after the first date and up to the second, included; both 0 or more. */
function flowsBetween(flows: readonly CashFlow[], after: TradingDate, upTo: TradingDate) {
  let [putIn, takenOut] = [0, 0]
  for (const { date, amount } of flows) {
    if (date <= after || date > upTo) continue
    if (amount > 0) putIn += amount
    else takenOut -= amount
  }
  return { putIn, takenOut }
}
