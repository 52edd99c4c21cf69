import { dayNumberOf, type TradingDate } from '@banyan/domain'
import type { CashFlow, Return } from './cash-flow.ts'

const daysPerYear = 365

/** Yearly factors looked at: from losing all but a ten-thousandth to growing a ten-thousandfold. */
const [leastFactor, mostFactor] = [1e-4, 1e4]
/** How exact the factor is told. */
const precision = 1e-10

/**
 * Returns the yearly rate at which the flows grow into the value (XIRR): the rate r for which Σ amount × (1 + r)^(days to the end ÷ 365)
 * equals the value. Flows after the end do not count. `no_trades` without any; `too_short` when all are on the last day, where any rate fits;
 * `no_answer` when none fits, or when money went both ways so often that more than one may.
 */
export function moneyWeightedReturn(
  flows: readonly CashFlow[],
  end: { readonly date: TradingDate; readonly value: number },
): Return {
  const lastDay = dayNumberOf(end.date)
  const dated = flows
    .map(({ date, amount }) => ({ years: (lastDay - dayNumberOf(date)) / daysPerYear, amount }))
    .filter(({ years, amount }) => years >= 0 && amount !== 0)
  if (dated.length === 0) return { unknown: 'no_trades' }
  if (dated.every(({ years }) => years === 0)) return { unknown: 'too_short' }
  const shortfall = (factor: number) =>
    dated.reduce((sum, { years, amount }) => sum + amount * factor ** years, 0) - end.value
  const bracket = bracketOf(shortfall)
  return bracket === null ? { unknown: 'no_answer' } : { pct: (bisect(shortfall, bracket) - 1) * 100 }
}

type Bracket = readonly [low: number, high: number]

/** Returns two neighbouring factors between which the only change of sign lies; null when there is none or more than one. */
function bracketOf(f: (factor: number) => number): Bracket | null {
  const steps = 400
  const factorAt = (i: number) => leastFactor * (mostFactor / leastFactor) ** (i / steps)
  const brackets: Bracket[] = []
  for (let i = 0; i < steps; i++) {
    const [low, high] = [factorAt(i), factorAt(i + 1)]
    if (f(low) < 0 !== f(high) < 0) brackets.push([low, high])
  }
  const [only] = brackets
  return only !== undefined && brackets.length === 1 ? only : null
}

function bisect(f: (factor: number) => number, [from, to]: Bracket): number {
  let [low, high] = [from, to]
  const isNegativeBelow = f(low) < 0
  while (high - low > precision * high) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (f(middle) < 0 === isNegativeBelow) low = middle
    else high = middle
  }
  return (low + high) / 2
}
