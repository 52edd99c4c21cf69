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
  return tallies.map(({ options: { priorWeight = defaultPriorWeight } }, i) =>
    (tried[i] ?? []).map(({ count, b }) => toRow(count, { b, k: priorWeight, q: rates.next().value ?? 1 })),
  )
}

function inTableOrder(a: CaseCount, b: CaseCount): number {
  if (a.pattern !== b.pattern) return a.pattern < b.pattern ? -1 : 1
  if (a.direction !== b.direction) return a.direction === 'bullish' ? -1 : 1
  return a.horizon - b.horizon
}

function toRow(count: CaseCount, { b, k, q }: { b: number; k: number; q: number }): EdgeRow {
  const { pattern, direction, horizon, n, hits, returnSumPct } = count
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
    meanReturnPct: returnSumPct / n,
    q,
    verdict: toVerdict(n, interval[0] > baseRate && q <= highestRate),
  }
}

function toVerdict(n: number, isAbove: boolean): EdgeVerdict {
  if (n < fewestCases) return 'too_few_cases'
  return isAbove ? 'edge' : 'no_measurable_edge'
}
