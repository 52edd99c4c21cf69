import { basisFactors, missedActions, realSteps } from './corporate-actions.ts'
import { writeRows } from './csv-rows.ts'
import type { DailySeries } from './daily-candles.ts'
import type { IndexSeries } from './index-candles.ts'
import { formatFactor } from './price-basis.ts'
import { explainStep, findSteps, type PriceStep } from './price-steps.ts'
import { replayDate } from './replay-day.ts'

const decisionColumns = ['symbol', 'date', 'decision', 'factor', 'step', 'rows', 'reason'] as const
type Decision = Readonly<Record<(typeof decisionColumns)[number], string>>

/**
 * Returns the list of every decision about eod2's rows: `adjust` (a factor in adjustments.csv), `keep` (the step happened),
 * `cut` (earlier rows left out), `left-out` (impossible bars). `step` is close ÷ previous close − 1. Throws when a step is
 * undecided or a decision meets no step.
 */
export function listDecisions(shares: readonly DailySeries[], indices: readonly IndexSeries[]): Decision[] {
  const steps = shares.flatMap((series) => findSteps(series.rows))
  assertEachUsed(steps)
  const decisions = [
    ...steps.map(decideStep),
    ...shares.flatMap((series) => (series.cut ? [cutDecision(series.symbol, series.cut)] : [])),
    ...[...shares, ...indices].flatMap((series) => (series.impossible > 0 ? [leftOutDecision(series)] : [])),
  ]
  return decisions.toSorted((a, b) => (`${a.symbol},${a.date}` < `${b.symbol},${b.date}` ? -1 : 1))
}

/** Returns decisions.csv. */
export function writeDecisions(decisions: readonly Decision[]): string {
  return writeRows(decisionColumns, decisions)
}

/** Returns adjustments.csv: the factors of splits and bonus issues that eod2 missed. */
export function writeAdjustments(): string {
  const rows = missedActions.map((action) => ({
    symbol: action.symbol,
    ex_date: action.exDate,
    factor: formatFactor(action.factor),
    kind: action.kind,
    source: action.reason,
  }))
  return writeRows(['symbol', 'ex_date', 'factor', 'kind', 'source'], rows)
}

/** Returns basis.csv: what the rows of daily.csv were multiplied by. */
export function writeBasis(): string {
  const rows = basisFactors.map((basis) => ({
    symbol: basis.symbol,
    basis_date: replayDate,
    factor: formatFactor(basis.factor),
    before: basis.before,
    reason: basis.reason,
  }))
  return writeRows(['symbol', 'basis_date', 'factor', 'before', 'reason'], rows)
}

function decideStep(step: PriceStep): Decision {
  const action = explainStep(step)
  const real = realSteps.find((one) => one.symbol === step.symbol && one.date === step.date)
  return {
    symbol: step.symbol,
    date: step.date,
    decision: action ? 'adjust' : 'keep',
    factor: action ? formatFactor(action.factor) : '',
    step: (step.ratio - 1).toFixed(4),
    rows: '',
    reason: action?.reason ?? real?.reason ?? '',
  }
}

function cutDecision(symbol: string, cut: NonNullable<DailySeries['cut']>): Decision {
  return { symbol, date: cut.from, decision: 'cut', factor: '', step: '', rows: String(cut.rows), reason: cut.reason }
}

function leftOutDecision(series: { readonly symbol: string; readonly impossible: number }): Decision {
  const rows = String(series.impossible)
  const reason = 'no such bar can have happened: a price of zero or outside high and low'
  return { symbol: series.symbol, date: '', decision: 'left-out', factor: '', step: '', rows, reason }
}

function assertEachUsed(steps: readonly PriceStep[]): void {
  const found = new Set(steps.map((step) => `${step.symbol} ${step.date}`))
  const decided = [
    ...missedActions.map((a) => `${a.symbol} ${a.exDate}`),
    ...realSteps.map((r) => `${r.symbol} ${r.date}`),
  ]
  const idle = decided.filter((name) => !found.has(name))
  if (idle.length > 0) throw new Error(`Decisions without a step: ${idle.join(', ')}.`)
}
