import type { InstrumentPatternsReply } from '@banyan/client'
import { groupBy } from '../../lib/group-by.ts'

export type FoundCandlestick = InstrumentPatternsReply['candlesticks'][number]
export type FoundFormation = InstrumentPatternsReply['formations'][number]
type Edge = FoundCandlestick['edge']

interface FindingOf<Kind extends string, Found> {
  /** `pattern_id.direction`: what the address names it by. */
  readonly key: string
  readonly kind: Kind
  readonly name: string
  readonly direction: 'bullish' | 'bearish' | 'neutral'
  readonly edge: Edge
  /** Each time it was found, newest first; never empty. */
  readonly cases: readonly [Found, ...Found[]]
}

export type CandlestickFinding = FindingOf<'candlestick', FoundCandlestick>
export type FormationFinding = FindingOf<'formation', FoundFormation>
/** One pattern in one direction, with each time it was found among the bars searched. */
export type Finding = CandlestickFinding | FormationFinding

const verdictOrder = { edge: 0, no_measurable_edge: 1, too_few_cases: 2 } as const

/** Returns what was found, by pattern and direction: what has an edge first, then what is still in play, the best shaped, the newest. */
export function rankFindings({ candlesticks, formations }: InstrumentPatternsReply): readonly Finding[] {
  return [...grouped('candlestick', candlesticks), ...grouped('formation', formations)].sort(
    (a, b) =>
      standing(a) - standing(b) ||
      Number(isInPlay(b)) - Number(isInPlay(a)) ||
      quality(b) - quality(a) ||
      newest(b) - newest(a) ||
      (a.key < b.key ? -1 : 1),
  )
}

/** Returns the keys a page draws until told otherwise: the two best of each kind that tell a direction. */
export function defaultShown(findings: readonly Finding[]): readonly string[] {
  const best = (kind: Finding['kind']) =>
    findings.filter((one) => one.kind === kind && one.direction !== 'neutral').slice(0, 2)
  return [...best('formation'), ...best('candlestick')].map(({ key }) => key)
}

/** Returns how well the newest case fits its definition, 0 to 100; null for candlesticks, which fit or do not. */
export const qualityOf = (finding: Finding): number | null =>
  finding.kind === 'formation' ? finding.cases[0].quality : null

/** A formation that has neither reached its measured move nor failed nor run out. */
const isInPlay = (finding: Finding) =>
  finding.kind === 'formation' && ['forming', 'confirmed'].includes(finding.cases[0].state)

const quality = (finding: Finding) => qualityOf(finding) ?? 0
const newest = ({ cases }: Finding) => Date.parse(cases[0].detected_at)
const standing = ({ edge }: Finding) => (edge === null ? 3 : verdictOrder[edge.verdict])

function grouped<Kind extends Finding['kind'], Found extends FoundCandlestick | FoundFormation>(
  kind: Kind,
  found: readonly Found[],
): FindingOf<Kind, Found>[] {
  const groups = groupBy(found, ({ pattern_id, direction }) => `${pattern_id}.${direction ?? 'neutral'}`)
  return [...groups].flatMap(([key, cases]) => {
    const [first, ...rest] = cases
    if (first === undefined) return []
    const { name, direction, edge } = first
    return [{ key, kind, name, direction: direction ?? 'neutral', edge, cases: [first, ...rest] as const }]
  })
}
