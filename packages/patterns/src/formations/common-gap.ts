import { breaksOneWay, type Candidate } from './candidate.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { approachOf, gapAnchors, gapAt, gapLines, gapParameters } from './gap.ts'
import { levelLine } from './line.ts'
import { type Market, valueAt } from './market.ts'
import { shapeQuality } from './quality.ts'

const parameters = {
  size: gapParameters.size,
  lookback: gapParameters.lookback,
  wait: {
    value: 10,
    unit: 'candles',
    reason: 'Time for filling to begin: Bulkowski finds most common gaps closed within a week or two.',
  },
} as const satisfies Record<string, Parameter>

const quality: readonly QualityPart[] = [
  { part: 'size', weight: 5, meaning: 'gap against one average range' },
  { part: 'depth', weight: 5, meaning: 'how deep inside the range of the candles before it the gap’s candle ends' },
]

export const commonGap: FormationDefinition = {
  id: 'common_gap',
  name: 'Common gap',
  direction: 'both',
  description:
    'A gap whose candle stays within the range of the twenty candles before. It is expected to be filled, so its direction is against the gap. Confirmed by a close inside the gap or beyond it; a close past the candle’s other end ends it. Target: the gap’s near edge.',
  source: 'Bulkowski, Encyclopedia of Chart Patterns (gaps: area or common gaps); Edwards, Magee',
  parameters,
  quality,
  reads: 'candles',
  detect: detectCommonGap,
}

function detectCommonGap(market: Market, index: number): Candidate | null {
  const gap = gapAt(market, index)
  if (!gap) return null
  const { highest, lowest } = approachOf(market, gap)
  const [top, bottom] = [valueAt(market.series.high, index), valueAt(market.series.low, index)]
  if (top > highest || bottom < lowest) return null
  const size = Math.abs(gap.far - gap.near)
  const room = gap.side === 1 ? highest - top : bottom - lowest
  return {
    ...breaksOneWay(
      gap.side === 1 ? 'down' : 'up',
      levelLine(gap.far, index),
      levelLine(gap.side === 1 ? top : bottom, index),
    ),
    anchors: gapAnchors(gap),
    lines: gapLines(gap),
    quality: shapeQuality(quality, [size / gap.range, room / (2 * gap.range)]),
    detectedAt: index,
    expiresAt: index + parameters.wait.value,
    height: size,
  }
}
