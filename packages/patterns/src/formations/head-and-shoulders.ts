import { breaksOneWay, type Candidate } from './candidate.ts'
import { drawLine, lineBetween, namedAnchor } from './drawing.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { levelLine, lineThrough, priceAt } from './line.ts'
import { evenness, shapeQuality } from './quality.ts'
import { endsOnHigh, lastPivots, type Side, type Swing } from './swing.ts'

const source =
  'Lo, Mamaysky, Wang (2000), definition HS / IHS; Bulkowski, Encyclopedia of Chart Patterns; Edwards, Magee'

const parameters = {
  headExcess: {
    value: 0.2,
    unit: 'share',
    reason:
      'Least distance of the head beyond the farther shoulder, of the height: less, and it is a triple top (0.15 there).',
  },
  shoulderUnevenness: {
    value: 0.25,
    unit: 'share',
    reason:
      'Largest difference of the shoulders, of the height. Lo, Mamaysky and Wang allow 1.5 % of the price to either side of their mean; of a height of 12 % that is a quarter.',
  },
  neckTilt: {
    value: 0.25,
    unit: 'share',
    reason: 'Largest difference of the two turns at the neckline, of the height: the same 1.5 % to either side.',
  },
  shoulderHeight: {
    value: 0.25,
    unit: 'share',
    reason: 'Least height of a shoulder over the neckline, of the height: flatter ones cannot be seen.',
  },
  symmetry: {
    value: 0.4,
    unit: 'share',
    reason:
      'Least ratio of the distances head to shoulder: Bulkowski asks for shoulders about equally far from the head.',
  },
} as const satisfies Record<string, Parameter>

const quality: readonly QualityPart[] = [
  { part: 'shoulders', weight: 3, meaning: 'how equal the shoulders are, against the largest difference allowed' },
  { part: 'neck', weight: 2, meaning: 'how level the neckline is, against the largest tilt allowed' },
  { part: 'head', weight: 2, meaning: 'how far the head stands out, against half the height' },
  { part: 'symmetry', weight: 3, meaning: 'nearer shoulder against the farther one, in candles' },
]

export const headAndShoulders: FormationDefinition = {
  id: 'head_and_shoulders',
  name: 'Head and shoulders',
  direction: 'bearish',
  description:
    'Three highs, the middle one highest and the outer two about level, with two valleys that make the neckline, after a rise from below it. Confirmed by a close below the neckline; a close above the right shoulder ends it. Target: the distance from head to neckline, below the breakout.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectHead(swing, 1),
}

export const inverseHeadAndShoulders: FormationDefinition = {
  id: 'inverse_head_and_shoulders',
  name: 'Inverse head and shoulders',
  direction: 'bullish',
  description:
    'Three lows, the middle one lowest and the outer two about level, with two peaks that make the neckline, after a fall from above it. Confirmed by a close above the neckline; a close below the right shoulder ends it. Target: the distance from head to neckline, above the breakout.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectHead(swing, -1),
}

function detectHead(swing: Swing, side: Side): Candidate | null {
  if (endsOnHigh(swing) !== (side === 1)) return null
  const [before, left, leftTurn, head, rightTurn, right] = lastPivots(swing, 6)
  if (!before || !left || !leftTurn || !head || !rightTurn || !right) return null
  const neckline = lineThrough(leftTurn, rightTurn)
  const overNeck = (pivot: typeof head) => side * (pivot.price - priceAt(neckline, pivot.index))
  const height = overNeck(head)
  if (height <= 0 || overNeck(before) > 0) return null
  const excess = Math.min(side * (head.price - left.price), side * (head.price - right.price)) / height
  const unevenness = Math.abs(left.price - right.price) / height
  const neckTilt = Math.abs(leftTurn.price - rightTurn.price) / height
  const lowest = Math.min(overNeck(left), overNeck(right)) / height
  const symmetry = evenness(head.index - left.index, right.index - head.index)
  if (excess < parameters.headExcess.value || unevenness > parameters.shoulderUnevenness.value) return null
  if (neckTilt > parameters.neckTilt.value || lowest < parameters.shoulderHeight.value) return null
  if (symmetry < parameters.symmetry.value) return null

  const { now } = swing
  const [shoulderFit, neckFit] = [
    1 - unevenness / parameters.shoulderUnevenness.value,
    1 - neckTilt / parameters.neckTilt.value,
  ]
  return {
    ...breaksOneWay(side === 1 ? 'down' : 'up', neckline, levelLine(right.price, right.index)),
    anchors: [
      namedAnchor(left, 'left_shoulder'),
      namedAnchor(leftTurn, 'left_neck'),
      namedAnchor(head, 'head'),
      namedAnchor(rightTurn, 'right_neck'),
      namedAnchor(right, 'right_shoulder'),
    ],
    lines: [drawLine(neckline, left.index, now, 'neckline'), lineBetween(left, right, 'shoulders')],
    quality: shapeQuality(quality, [shoulderFit, neckFit, excess / 0.5, symmetry]),
    detectedAt: now,
    expiresAt: now + right.index - left.index,
    height,
  }
}
