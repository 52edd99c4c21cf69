import { breaksOneWay, type Candidate } from './candidate.ts'
import { drawLine, namedAnchor } from './drawing.ts'
import type { Pivot } from './find-pivots.ts'
import { fitParabola } from './fit-parabola.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { levelLine } from './line.ts'
import { valueAt } from './market.ts'
import { shapeQuality } from './quality.ts'
import { endsOnHigh, lastPivots, type Side, type Swing } from './swing.ts'

const source = 'Bulkowski, Encyclopedia of Chart Patterns (rounding bottoms, rounding tops); Edwards, Magee (saucers)'

const parameters = {
  length: {
    value: 30,
    unit: 'candles',
    reason: 'Shortest bowl: Bulkowski’s take weeks to months, a shorter one is a V.',
  },
  recovery: {
    value: 0.75,
    unit: 'share',
    reason: 'Part of the depth won back before the bowl is looked at: both of its sides must be there.',
  },
  fit: {
    value: 0.75,
    unit: 'share',
    reason:
      'Least share of the closes’ variance a parabola explains. Two straight legs reach 0.94, so the floor is tested too.',
  },
  floor: {
    value: 0.5,
    unit: 'share',
    reason:
      'Least share of closes in the far third: at this point of recovery a parabola has spent 62 % there, a V 38 %.',
  },
  offCentre: {
    value: 0.4,
    unit: 'share',
    reason:
      'Largest distance of the parabola’s turn from the middle, of half the length: farther out only one side is drawn.',
  },
} as const satisfies Record<string, Parameter>

const quality: readonly QualityPart[] = [
  { part: 'fit', weight: 5, meaning: 'share of variance the parabola explains, from the least allowed to all' },
  {
    part: 'floor',
    weight: 3,
    meaning: 'share of closes in the far third, from the least allowed to that of a parabola',
  },
  { part: 'symmetry', weight: 2, meaning: 'how near the middle the parabola turns, against the farthest allowed' },
]

export const roundingTop: FormationDefinition = {
  id: 'rounding_top',
  name: 'Rounding top',
  direction: 'bearish',
  description:
    'A slow rise from a low that turns, without a spike, into as slow a fall: a parabola fits the closes. Confirmed by a close below the low it began at; a close above the top ends it. Target: the height below the low.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectBowl(swing, -1),
}

export const roundingBottom: FormationDefinition = {
  id: 'rounding_bottom',
  name: 'Rounding bottom',
  direction: 'bullish',
  description:
    'A slow fall from a high that turns, without a spike, into as slow a rise: a parabola fits the closes. Confirmed by a close above the high it began at; a close below the bottom ends it. Target: the depth above the high.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectBowl(swing, 1),
}

/**
 * Side 1 is the bottom. Waits from the candle that confirmed the turn to the one that confirms the next pivot for the first
 * candle that has won back enough; that candle decides.
 */
function detectBowl(swing: Swing, side: Side): Candidate | null {
  if (endsOnHigh(swing) === (side === 1)) return null
  const [rim, turn] = lastPivots(swing, 2)
  if (!rim || !turn) return null
  const depth = side * (rim.price - turn.price)
  for (let i = Math.max(swing.now, rim.index + parameters.length.value); i < swing.until; i++) {
    const recovered = (side * (valueAt(swing.market.series.close, i) - turn.price)) / depth
    if (recovered > 1) return null
    if (recovered >= parameters.recovery.value) return toCandidate({ rim, turn, side, depth }, swing, i)
  }
  return null
}

interface Bowl {
  readonly rim: Pivot
  readonly turn: Pivot
  readonly side: Side
  readonly depth: number
}

function toCandidate({ rim, turn, side, depth }: Bowl, { market }: Swing, now: number): Candidate | null {
  const { close } = market.series
  const span = { first: rim.index, last: now, level: turn.price, scale: side * depth }
  const { curvature, turn: middle, fit } = fitParabola(close, span)
  const offCentre = Math.abs(middle)
  if (curvature <= 0 || fit < parameters.fit.value || !(offCentre <= parameters.offCentre.value)) return null
  const floor = shareNear(close, span)
  if (floor < parameters.floor.value) return null

  const length = now - rim.index
  const rimLine = levelLine(rim.price, rim.index)
  const measured = [
    (fit - parameters.fit.value) / (1 - parameters.fit.value),
    (floor - parameters.floor.value) / (0.62 - parameters.floor.value),
    1 - offCentre / parameters.offCentre.value,
  ]
  return {
    ...breaksOneWay(side === 1 ? 'up' : 'down', rimLine, levelLine(turn.price, turn.index)),
    anchors: [
      namedAnchor(rim, 'rim'),
      namedAnchor(turn, 'turn'),
      { index: now, price: valueAt(close, now), role: 'recovery' },
    ],
    lines: [drawLine(rimLine, rim.index, now, 'rim')],
    quality: shapeQuality(quality, measured),
    detectedAt: now,
    expiresAt: now + length,
    height: depth,
  }
}

/** Returns the share of closes within a third of the depth from the turn. */
function shareNear(
  close: Float64Array,
  { first, last, level, scale }: { first: number; last: number; level: number; scale: number },
): number {
  let near = 0
  for (let i = first; i <= last; i++) if ((valueAt(close, i) - level) / scale < 1 / 3) near++
  return near / (last - first + 1)
}
