import { breaksOneWay, type Candidate } from './candidate.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { approachOf, gapAnchors, gapAt, gapLines, gapParameters, leavesRange, volumeShare } from './gap.ts'
import { levelLine } from './line.ts'
import type { Market } from './market.ts'
import { shapeQuality } from './quality.ts'

const parameters = {
  size: gapParameters.size,
  lookback: gapParameters.lookback,
  rest: gapParameters.rest,
  wait: {
    value: 3,
    unit: 'candles',
    reason: 'Time for a close beyond the gap when its own candle closes at its edge.',
  },
} as const satisfies Record<string, Parameter>

const quality: readonly QualityPart[] = [
  { part: 'size', weight: 4, meaning: 'gap against one average range' },
  { part: 'rest', weight: 3, meaning: 'how narrow the range before is, against the widest allowed' },
  {
    part: 'volume',
    weight: 3,
    meaning: 'volume against twice the mean of the candles before; 0 where volumes are unknown',
  },
]

export const breakawayGap: FormationDefinition = {
  id: 'breakaway_gap',
  name: 'Breakaway gap',
  direction: 'both',
  description:
    'A gap that leaves the narrow range of the twenty candles before. Confirmed by a close beyond its far edge; a close beyond the near edge, which fills it, ends it. Target: the height of the range beyond the far edge.',
  source: 'Bulkowski, Encyclopedia of Chart Patterns (gaps: breakaway gaps); Edwards, Magee',
  parameters,
  quality,
  reads: 'candles',
  detect: detectBreakawayGap,
}

function detectBreakawayGap(market: Market, index: number): Candidate | null {
  const gap = gapAt(market, index)
  if (!gap) return null
  const approach = approachOf(market, gap)
  const height = approach.highest - approach.lowest
  const widest = parameters.rest.value * gap.range
  if (!leavesRange(gap, approach) || height > widest || height <= 0) return null
  const measured = [Math.abs(gap.far - gap.near) / gap.range, 1 - height / widest, volumeShare(market, gap, approach)]
  return {
    ...breaksOneWay(gap.side === 1 ? 'up' : 'down', levelLine(gap.far, index), levelLine(gap.near, index)),
    anchors: gapAnchors(gap),
    lines: gapLines(gap),
    quality: shapeQuality(quality, measured),
    detectedAt: index,
    expiresAt: index + parameters.wait.value,
    height,
  }
}
