import { betaQuantile } from './beta-distribution.ts'
import type { CaseCount } from './case-count.ts'
import { clusterSums } from './chance.ts'
import type { EdgeRow } from './edge-table.ts'
import type { EdgeTally } from './edge-tally.ts'
import { judgeEdges } from './judge-edges.ts'

/** Records that promised about the same, and what became of the cases after that. Rates in per cent. */
export interface CalibrationBin {
  /** What the records said before: their shrunk rates, each weighed by its later cases. */
  readonly promised: number
  /** Records put together. */
  readonly records: number
  /** Cases entered later. */
  readonly n: number
  readonly hits: number
  readonly hitRate: number
  /** 90 % interval of the hit rate; null when the cases lie in so few spells that their spread is not known. */
  readonly interval: readonly [low: number, high: number] | null
  /** What share of all later candles moved as these cases were to, whatever the pattern. */
  readonly usual: number
}

/** Bins to be made; fewer when a single record fills several. */
const wantedBins = 8
const fewestSpells = 10

/**
 * Returns whether what was promised by `before` held in what came later, by promised rate rising: records of at least 30 cases as they were
 * known then, against the cases of `whole` that entered from `split` on. `before` is a tally of the same series with `asOf: split`, so nothing it
 * promises knows what came later. Empty when nothing was promised or nothing came.
 */
export function calibrateEdges(
  whole: EdgeTally,
  before: EdgeTally,
  { horizon, split }: { readonly horizon: number; readonly split: number },
): CalibrationBin[] {
  const later = laterCases(whole, horizon, split)
  const [table = []] = judgeEdges([before])
  const claims = table
    .filter((row) => row.horizon === horizon && row.verdict !== 'too_few_cases')
    .flatMap((row): Claim[] => {
      const cases = later.get(nameOf(row))
      return cases ? [{ row, cases }] : []
    })
    .sort((a, b) => a.row.shrunk - b.row.shrunk)
  return inEqualParts(claims).map((part) => toBin(part, whole, before, horizon))
}

/** What a record said, and the cases that came later. */
interface Claim {
  readonly row: EdgeRow
  readonly cases: LaterCases
}

type LaterCases = Pick<CaseCount, 'horizon' | 'n' | 'hits' | 'byEntry'>

const nameOf = ({ pattern, direction }: Pick<EdgeRow, 'pattern' | 'direction'>) => `${direction} ${pattern}`

function laterCases(whole: EdgeTally, horizon: number, split: number): ReadonlyMap<string, LaterCases> {
  const later = new Map<string, LaterCases>()
  for (const count of whole.cases()) {
    if (count.horizon !== horizon) continue
    const byEntry = new Uint32Array(count.byEntry.length)
    let [n, hits] = [0, 0]
    for (let at = 0; at < byEntry.length; at += 2) {
      if (!(whole.clock.timeOf(at / 2) >= split)) continue
      byEntry[at] = count.byEntry[at] ?? 0
      byEntry[at + 1] = count.byEntry[at + 1] ?? 0
      n += byEntry[at] ?? 0
      hits += byEntry[at + 1] ?? 0
    }
    if (n > 0) later.set(nameOf(count), { horizon, n, hits, byEntry })
  }
  return later
}

/** Cuts the claims, which are in order, so that each part has about as many later cases. */
function inEqualParts(claims: readonly Claim[]): Claim[][] {
  const all = claims.reduce((sum, { cases }) => sum + cases.n, 0)
  const parts = Array.from({ length: wantedBins }, (): Claim[] => [])
  let passed = 0
  for (const claim of claims) {
    const middle = passed + claim.cases.n / 2
    parts[Math.min(wantedBins - 1, Math.floor((middle / all) * wantedBins))]?.push(claim)
    passed += claim.cases.n
  }
  return parts.filter((part) => part.length > 0)
}

function toBin(part: readonly Claim[], whole: EdgeTally, before: EdgeTally, horizon: number): CalibrationBin {
  const n = part.reduce((sum, { cases }) => sum + cases.n, 0)
  const hits = part.reduce((sum, { cases }) => sum + cases.hits, 0)
  const weighed = (percent: (row: EdgeRow) => number) =>
    part.reduce((sum, { row, cases }) => sum + percent(row) * cases.n, 0) / n
  return {
    promised: weighed((row) => row.shrunk),
    records: part.length,
    n,
    hits,
    hitRate: (100 * hits) / n,
    interval: intervalOf(part, hits / n, whole),
    usual: weighed(({ direction }) => {
      const [all, known] = [whole.baseCount(direction, horizon), before.baseCount(direction, horizon)]
      return (100 * (all.moved - known.moved)) / (all.candles - known.candles)
    }),
  }
}

/**
 * Cases held at the same time are one draw, as in the test behind q: the interval is Student's t over their spells. Counting each case for itself
 * would make it far too narrow, since a hundred shares rise on one day together.
 */
function intervalOf(part: readonly Claim[], rate: number, { clock }: EdgeTally): CalibrationBin['interval'] {
  const [first] = part
  if (!first) return null
  const byEntry = new Uint32Array(Math.max(...part.map(({ cases }) => cases.byEntry.length)))
  for (const { cases } of part)
    for (const [at, count] of cases.byEntry.entries()) byEntry[at] = (byEntry[at] ?? 0) + count
  const sums = clusterSums({ horizon: first.cases.horizon, byEntry }, rate, clock)
  if (sums.length < fewestSpells) return null
  const n = part.reduce((sum, { cases }) => sum + cases.n, 0)
  const freedom = sums.length - 1
  const variance = (sums.reduce((sum, one) => sum + one * one, 0) * sums.length) / freedom / n ** 2
  const reach = 100 * studentQuantile90(freedom) * Math.sqrt(variance)
  return [Math.max(0, 100 * rate - reach), Math.min(100, 100 * rate + reach)]
}

/** Returns the t within ± which 90 % of Student's distribution lie. */
function studentQuantile90(freedom: number): number {
  return Math.sqrt(freedom * (1 / betaQuantile(0.1, freedom / 2, 0.5) - 1))
}
