import { breaksOneWay, type Candidate } from './candidate.ts'
import { drawLine, lineBetween, namedAnchor } from './drawing.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { levelLine } from './line.ts'
import { valueAt } from './market.ts'
import { evenness, shapeQuality } from './quality.ts'
import { endsOnHigh, lastPivots, type Side, type Swing } from './swing.ts'

const source =
  'Bulkowski, Encyclopedia of Chart Patterns (triple tops, triple bottoms); Edwards, Magee, Technical Analysis of Stock Trends'

const parameters = {
  unevenness: {
    value: 0.15,
    unit: 'share',
    reason:
      'Largest difference between the three extremes, of the height: as for the double top, or it would be a head with shoulders.',
  },
  neckTilt: {
    value: 0.5,
    unit: 'share',
    reason:
      'Largest difference between the two turns in between, of the height: beyond it the shape is a triangle or a broadening.',
  },
  separation: {
    value: 5,
    unit: 'candles',
    reason: 'Least distance of neighbouring extremes: half that of a double top, as there are two.',
  },
} as const satisfies Record<string, Parameter>

const quality: readonly QualityPart[] = [
  { part: 'level', weight: 4, meaning: 'how equal the three extremes are, against the largest difference allowed' },
  {
    part: 'neck',
    weight: 2,
    meaning: 'how equal the two turns in between are, against the largest difference allowed',
  },
  { part: 'depth', weight: 2, meaning: 'height against 8 average ranges' },
  { part: 'symmetry', weight: 2, meaning: 'shorter half against the longer one' },
]

export const tripleTop: FormationDefinition = {
  id: 'triple_top',
  name: 'Triple top',
  direction: 'bearish',
  description:
    'Three highs at nearly one level with two valleys between them, after a rise that began no higher than the valleys. Confirmed by a close below the lower valley; a close above the highest top ends it. Target: the height below the lower valley.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectTriple(swing, 1),
}

export const tripleBottom: FormationDefinition = {
  id: 'triple_bottom',
  name: 'Triple bottom',
  direction: 'bullish',
  description:
    'Three lows at nearly one level with two peaks between them, after a fall that began no lower than the peaks. Confirmed by a close above the higher peak; a close below the lowest bottom ends it. Target: the height above the higher peak.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectTriple(swing, -1),
}

function detectTriple(swing: Swing, side: Side): Candidate | null {
  if (endsOnHigh(swing) !== (side === 1)) return null
  const [before, first, firstTurn, second, secondTurn, third] = lastPivots(swing, 6)
  if (!before || !first || !firstTurn || !second || !secondTurn || !third) return null
  const tops = [side * first.price, side * second.price, side * third.price]
  const turns = [side * firstTurn.price, side * secondTurn.price]
  const [outer, inner] = [Math.max(...tops), Math.min(...tops)]
  const neck = Math.min(...turns)
  const height = outer - neck
  const unevenness = (outer - inner) / height
  const neckTilt = (Math.max(...turns) - neck) / height
  const [left, right] = [second.index - first.index, third.index - second.index]
  if (unevenness > parameters.unevenness.value || neckTilt > parameters.neckTilt.value) return null
  if (Math.min(left, right) < parameters.separation.value || side * before.price > neck) return null

  const { now, market } = swing
  const neckline = levelLine(side * neck, firstTurn.index)
  const depth = height / (8 * valueAt(market.atr, now))
  const measured = [1 - unevenness / parameters.unevenness.value, 1 - neckTilt / parameters.neckTilt.value, depth]
  const [extreme, turn] = side === 1 ? ['top', 'valley'] : ['bottom', 'peak']
  return {
    ...breaksOneWay(side === 1 ? 'down' : 'up', neckline, levelLine(side * outer, first.index)),
    anchors: [
      namedAnchor(first, `first_${extreme}`),
      namedAnchor(firstTurn, `first_${turn}`),
      namedAnchor(second, `second_${extreme}`),
      namedAnchor(secondTurn, `second_${turn}`),
      namedAnchor(third, `third_${extreme}`),
    ],
    lines: [lineBetween(first, third, 'extremes'), drawLine(neckline, first.index, now, 'neckline')],
    quality: shapeQuality(quality, [...measured, evenness(left, right)]),
    detectedAt: now,
    expiresAt: now + third.index - first.index,
    height,
  }
}
