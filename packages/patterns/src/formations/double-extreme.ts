import { breaksOneWay, type Candidate } from './candidate.ts'
import { drawLine, lineBetween, namedAnchor } from './drawing.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { levelLine } from './line.ts'
import { valueAt } from './market.ts'
import { evenness, shapeQuality } from './quality.ts'
import { endsOnHigh, lastPivots, type Side, type Swing } from './swing.ts'

const source =
  'Lo, Mamaysky, Wang (2000), Foundations of Technical Analysis, J. Finance 55(4); Bulkowski, Encyclopedia of Chart Patterns'

const parameters = {
  unevenness: {
    value: 0.15,
    unit: 'share',
    reason:
      'Largest difference between the two extremes, of the height. Lo, Mamaysky and Wang allow 1.5 % of the price; a formation is typically a tenth of the price high, and a share of the height holds for every interval.',
  },
  separation: {
    value: 10,
    unit: 'candles',
    reason:
      'Least distance of the two extremes: nearer ones are two days of one extreme. Bulkowski sees most some weeks apart.',
  },
} as const satisfies Record<string, Parameter>

const quality: readonly QualityPart[] = [
  { part: 'level', weight: 4, meaning: 'how equal the two extremes are, against the largest difference allowed' },
  { part: 'depth', weight: 3, meaning: 'height against 8 average ranges' },
  { part: 'symmetry', weight: 3, meaning: 'shorter half against the longer one' },
]

export const doubleTop: FormationDefinition = {
  id: 'double_top',
  name: 'Double top',
  direction: 'bearish',
  description:
    'Two highs at nearly one level with a valley between them, after a rise that began no higher than the valley. Confirmed by a close below the valley; a close above the higher top ends it. Target: the height below the valley.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectDouble(swing, 1),
}

export const doubleBottom: FormationDefinition = {
  id: 'double_bottom',
  name: 'Double bottom',
  direction: 'bullish',
  description:
    'Two lows at nearly one level with a peak between them, after a fall that began no lower than the peak. Confirmed by a close above the peak; a close below the lower bottom ends it. Target: the height above the peak.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectDouble(swing, -1),
}

function detectDouble(swing: Swing, side: Side): Candidate | null {
  if (endsOnHigh(swing) !== (side === 1)) return null
  const [before, first, middle, second] = lastPivots(swing, 4)
  if (!before || !first || !middle || !second) return null
  const outer = side * (first.price - second.price) > 0 ? first : second
  const height = side * (outer.price - middle.price)
  const unevenness = Math.abs(first.price - second.price) / height
  const length = second.index - first.index
  if (unevenness > parameters.unevenness.value || length < parameters.separation.value) return null
  if (side * (before.price - middle.price) > 0) return null

  const { now, market } = swing
  const neckline = levelLine(middle.price, middle.index)
  const depth = height / (8 * valueAt(market.atr, now))
  const symmetry = evenness(middle.index - first.index, second.index - middle.index)
  return {
    ...breaksOneWay(side === 1 ? 'down' : 'up', neckline, levelLine(outer.price, outer.index)),
    anchors: [
      namedAnchor(first, side === 1 ? 'first_top' : 'first_bottom'),
      namedAnchor(middle, side === 1 ? 'valley' : 'peak'),
      namedAnchor(second, side === 1 ? 'second_top' : 'second_bottom'),
    ],
    lines: [lineBetween(first, second, 'extremes'), drawLine(neckline, first.index, now, 'neckline')],
    quality: shapeQuality(quality, [1 - unevenness / parameters.unevenness.value, depth, symmetry]),
    detectedAt: now,
    expiresAt: now + length,
    height,
  }
}
