import { betaQuantile } from './beta-distribution.ts'
import type { CaseCount } from './case-count.ts'
import { chanceOf } from './chance.ts'
import type { EdgeRow, EdgeTable, EdgeVerdict } from './edge-table.ts'
import type { EdgeTally } from './edge-tally.ts'
import { falseDiscoveryRates } from './false-discovery-rates.ts'

const defaultPriorWeight = 50
const fewestCases = 30
const highestRate = 0.1

/**
 * Returns the table of each tally. Tables judged together, such as those of several timeframes, count as one search: the more is
 * tried, the more must a find stand out.
 */
export function judgeEdges(tallies: readonly EdgeTally[]): EdgeTable[] {
  const tried = tallies.map((tally) =>
    [...tally.cases()].sort(inTableOrder).map((count) => {
      const b = tally.baseRate(count.direction, count.horizon)
      return { count, b, p: chanceOf(count, b, tally.clock) }
    }),
  )
  const rates = falseDiscoveryRates(tried.flat().map(({ p }) => p)).values()
  return tallies.map(({ options: { costPct, priorWeight = defaultPriorWeight } }, i) =>
    (tried[i] ?? []).map(({ count, b }) => toRow(count, { b, k: priorWeight, costPct, q: rates.next().value ?? 1 })),
  )
}

function inTableOrder(a: CaseCount, b: CaseCount): number {
  if (a.pattern !== b.pattern) return a.pattern < b.pattern ? -1 : 1
  if (a.direction !== b.direction) return a.direction === 'bullish' ? -1 : 1
  return a.horizon - b.horizon
}

interface Judgement {
  /** Base rate, 0 to 1. */
  readonly b: number
  /** Prior weight, in cases. */
  readonly k: number
  readonly costPct: number
  readonly q: number
}

function toRow(count: CaseCount, { b, k, costPct, q }: Judgement): EdgeRow {
  const { pattern, direction, horizon, n, hits, moveSumPct } = count
  const [alpha, beta] = [hits + k * b, n - hits + k * (1 - b)]
  const interval = [100 * betaQuantile(0.05, alpha, beta), 100 * betaQuantile(0.95, alpha, beta)] as const
  const baseRate = 100 * b
  return {
    pattern,
    direction,
    horizon,
    n,
    hits,
    hitRate: (100 * hits) / n,
    baseRate,
    shrunk: (100 * alpha) / (n + k),
    interval,
    meanReturnPct: moveSumPct / n - costPct,
    q,
    verdict: toVerdict(n, interval[0] > baseRate && q <= highestRate),
  }
}

function toVerdict(n: number, isAbove: boolean): EdgeVerdict {
  if (n < fewestCases) return 'too_few_cases'
  return isAbove ? 'edge' : 'no_measurable_edge'
}
