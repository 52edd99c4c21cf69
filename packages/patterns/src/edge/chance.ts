import { betaShare } from './beta-distribution.ts'
import type { CaseCount } from './case-count.ts'
import type { EntryClock } from './entry-clock.ts'

/**
 * Returns how probable at least so many hits are when the pattern means nothing and each case hits with the base rate `b`: the
 * larger of two one-sided tests.
 *
 * One is the exact binomial tail, which takes cases for independent. They are not: on one day a hundred shares rise together, and a
 * pattern found on all of them that day has been tried once, not a hundred times. So the other takes all cases that were held at
 * the same time for one draw: the sums of (hit − b) over each such cluster, their total against its own spread, as Student's t.
 */
export function chanceOf(count: CaseCount, b: number, clock: EntryClock): number {
  return Math.max(binomialTail(count.n, count.hits, b), clusteredTail(clusterSums(count, b, clock)))
}

/** Returns the probability of at least `hits` in n draws of probability b. */
export function binomialTail(n: number, hits: number, b: number): number {
  return hits === 0 ? 1 : betaShare(b, hits, n - hits + 1)
}

/**
 * Returns the one-sided p that independent sums around 0 add up to as much. The spread is taken around 0, not around their mean:
 * with few clusters the test then stays on the careful side, and one cluster proves nothing.
 */
export function clusteredTail(sums: readonly number[]): number {
  const total = sums.reduce((all, sum) => all + sum, 0)
  const spread = Math.sqrt(sums.reduce((all, sum) => all + sum * sum, 0))
  const freedom = sums.length - 1
  if (freedom < 1 || spread === 0) return 1
  const t = total / spread
  const tail = betaShare(freedom / (freedom + t * t), freedom / 2, 0.5) / 2
  return t > 0 ? tail : 1 - tail
}

/** Returns the sums of (hit − b) over each cluster: a case and all that entered before it was left. */
export function clusterSums(
  { horizon, byEntry }: Pick<CaseCount, 'horizon' | 'byEntry'>,
  b: number,
  clock: EntryClock,
): number[] {
  const sums: number[] = []
  let until = Number.NEGATIVE_INFINITY
  for (const entry of clock.inOrder()) {
    const cases = byEntry[2 * entry] ?? 0
    if (cases === 0) continue
    if (clock.timeOf(entry) > until) {
      until = clock.leftAt(entry, horizon)
      sums.push(0)
    }
    sums.push((sums.pop() ?? 0) + (byEntry[2 * entry + 1] ?? 0) - cases * b)
  }
  return sums
}
