import { breaksOneWay, type Candidate } from './candidate.ts'
import { drawLine, namedAnchor } from './drawing.ts'
import type { Pivot } from './find-pivots.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { levelLine } from './line.ts'
import { valueAt } from './market.ts'
import { shapeQuality } from './quality.ts'
import { endsOnHigh, type Side, type Swing } from './swing.ts'

const source =
  'Edwards, Magee, Technical Analysis of Stock Trends (support and resistance); Bulkowski, Encyclopedia of Chart Patterns'

const parameters = {
  touches: {
    value: 3,
    unit: 'pivots',
    reason: 'Two turns at one level are found everywhere in a random walk; the third makes it a level.',
  },
  reach: {
    value: 12,
    unit: 'pivots',
    reason: 'Pivots looked back over, half of them on the level’s side: older turns are another market.',
  },
  tolerance: {
    value: 0.75,
    unit: 'ATR',
    reason: 'Largest distance of a turn from the level: within the range of one ordinary candle.',
  },
} as const satisfies Record<string, Parameter>

const quality: readonly QualityPart[] = [
  { part: 'touches', weight: 4, meaning: 'number of touches, from three to six' },
  { part: 'level', weight: 4, meaning: 'how near the touches lie to each other, against the largest distance allowed' },
  {
    part: 'approach',
    weight: 2,
    meaning: 'how near the last turn on the other side is to the level, against the height',
  },
]

export const resistanceBreak: FormationDefinition = {
  id: 'resistance_break',
  name: 'Resistance break',
  direction: 'bullish',
  description:
    'At least three highs at one level that no high between them passed, and a turn upwards below it. Confirmed by a close above the level; a close below that turn ends it. Target: the distance from the level to the lowest low since the first touch, above the level.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectLevel(swing, 1),
}

export const supportBreak: FormationDefinition = {
  id: 'support_break',
  name: 'Support break',
  direction: 'bearish',
  description:
    'At least three lows at one level that no low between them passed, and a turn downwards above it. Confirmed by a close below the level; a close above that turn ends it. Target: the distance from the level to the highest high since the first touch, below the level.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectLevel(swing, -1),
}

/** Begins at the turn away from the break, because every touch before it has already been rejected. */
function detectLevel(swing: Swing, side: Side): Candidate | null {
  if (endsOnHigh(swing) === (side === 1)) return null
  const { pivots, newest, market, now } = swing
  const turn = pivots[newest]
  const touches = findTouches(swing, side)
  const first = touches[0]
  if (!turn || !first || touches.length < parameters.touches.value) return null
  const prices = touches.map(({ price }) => side * price)
  const [outer, inner] = [Math.max(...prices), Math.min(...prices)]
  const height = Math.max(...oppositeSince(swing, first).map(({ price }) => outer - side * price))

  const level = levelLine(side * outer, first.index)
  const spread = (outer - inner) / (2 * parameters.tolerance.value * valueAt(market.atr, now))
  const approach = 1 - (outer - side * turn.price) / height
  return {
    ...breaksOneWay(side === 1 ? 'up' : 'down', level, levelLine(turn.price, turn.index)),
    anchors: [...touches.map((touch) => namedAnchor(touch, 'touch')), namedAnchor(turn, 'turn')],
    lines: [drawLine(level, first.index, now, side === 1 ? 'resistance' : 'support')],
    quality: shapeQuality(quality, [(touches.length - 2) / 4, 1 - spread, approach]),
    detectedAt: now,
    expiresAt: now + turn.index - first.index,
    height,
  }
}

/** Returns the touches of the level that the last pivot on its side marks, oldest first: back to the first pivot beyond it. */
function findTouches({ pivots, newest, market, now }: Swing, side: Side): Pivot[] {
  const mark = pivots[newest - 1]
  if (!mark) return []
  const tolerance = parameters.tolerance.value * valueAt(market.atr, now)
  const touches = [mark]
  for (let back = 3; back < parameters.reach.value; back += 2) {
    const pivot = pivots[newest - back]
    if (!pivot || side * (pivot.price - mark.price) > tolerance || now - pivot.index > market.maxLength) break
    if (side * (mark.price - pivot.price) <= tolerance) touches.unshift(pivot)
  }
  return touches
}

/** Returns the pivots on the other side since the first touch. */
function oppositeSince({ pivots, newest }: Swing, first: Pivot): readonly Pivot[] {
  return pivots
    .slice(Math.max(0, newest - parameters.reach.value), newest + 1)
    .filter(({ index, isHigh }) => index > first.index && isHigh !== first.isHigh)
}
