import type { PatternsReply } from '@banyan/client'
import { liftPoints } from '../../lib/edge-words.ts'
import type { SignalsSearch } from '../../lib/signals-search.ts'

type Pattern = PatternsReply['patterns'][number]

export interface CatalogueRow {
  readonly pattern: Pattern
  readonly edge: Pattern['edges'][number]
}

const orders: Record<'lift' | NonNullable<SignalsSearch['sort']>, (a: CatalogueRow, b: CatalogueRow) => number> = {
  lift: (a, b) => known(liftPoints(b.edge)) - known(liftPoints(a.edge)),
  rate: (a, b) => known(b.edge.confidence) - known(a.edge.confidence),
  cases: (a, b) => b.edge.n - a.edge.n,
  name: (a, b) => a.pattern.name.localeCompare(b.pattern.name, 'en'),
}

/** Returns the measured records the address asks for, in its order; daily candles and 5 bars unless it names others. */
export function catalogueRows(patterns: readonly Pattern[], search: SignalsSearch): readonly CatalogueRow[] {
  const { pattern: id, direction, verdict, timeframe = '1d', sort = 'lift', bars = '5' } = search
  return patterns
    .filter(({ pattern_id }) => id === undefined || pattern_id === id)
    .flatMap((pattern) => pattern.edges.map((edge) => ({ pattern, edge })))
    .filter(({ edge }) => edge.timeframe === timeframe && edge.horizon.bars === Number(bars) && edge.n > 0)
    .filter(({ edge }) => direction === undefined || edge.direction === direction)
    .filter(({ edge }) => verdict === undefined || edge.verdict === verdict)
    .sort((a, b) => orders[sort](a, b) || orders.name(a, b))
}

/** What is not known stands last. */
const known = (value: number | null) => value ?? Number.NEGATIVE_INFINITY
