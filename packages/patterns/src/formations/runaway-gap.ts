import { breaksOneWay, type Candidate } from './candidate.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { approachOf, continuesRun, gapAnchors, gapAt, gapLines, gapParameters, volumeShare } from './gap.ts'
import { levelLine } from './line.ts'
import type { Market } from './market.ts'
import { shapeQuality } from './quality.ts'

const parameters = {
  ...gapParameters,
  wait: {
    value: 3,
    unit: 'candles',
    reason: 'Time for a close beyond the gap when its own candle closes at its edge.',
  },
} as const satisfies Record<string, Parameter>

const quality: readonly QualityPart[] = [
  { part: 'size', weight: 4, meaning: 'gap against one average range' },
  { part: 'run', weight: 4, meaning: 'run of the candles before against ten average ranges' },
  {
    part: 'volume',
    weight: 2,
    meaning: 'volume against twice the mean of the candles before; 0 where volumes are unknown',
  },
]

export const runawayGap: FormationDefinition = {
  id: 'runaway_gap',
  name: 'Runaway gap',
  direction: 'both',
  description:
    'A gap in the direction of a run of twenty candles, beyond all of them. Confirmed by a close beyond its far edge; a close beyond the near edge, which fills it, ends it. Target: the gap is taken for the middle of the move, so as far again as the run had come.',
  source:
    'Bulkowski, Encyclopedia of Chart Patterns (gaps: continuation gaps); Edwards, Magee (runaway or measuring gaps)',
  parameters,
  quality,
  reads: 'candles',
  detect: detectRunawayGap,
}

function detectRunawayGap(market: Market, index: number): Candidate | null {
  const gap = gapAt(market, index)
  if (!gap) return null
  const approach = approachOf(market, gap)
  if (!continuesRun(gap, approach)) return null
  const measured = [
    Math.abs(gap.far - gap.near) / gap.range,
    approach.run / (10 * gap.range),
    volumeShare(market, gap, approach),
  ]
  return {
    ...breaksOneWay(gap.side === 1 ? 'up' : 'down', levelLine(gap.far, index), levelLine(gap.near, index)),
    anchors: gapAnchors(gap),
    lines: gapLines(gap),
    quality: shapeQuality(quality, measured),
    detectedAt: index,
    expiresAt: index + parameters.wait.value,
    height: gap.side === 1 ? gap.near - approach.lowest : approach.highest - gap.near,
  }
}
