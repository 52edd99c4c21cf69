import { breaksOneWay, type Candidate } from './candidate.ts'
import { drawLine, lineBetween, namedAnchor } from './drawing.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { levelLine } from './line.ts'
import { valueAt } from './market.ts'
import { evenness, shapeQuality } from './quality.ts'
import { endsOnHigh, lastPivots, type Side, type Swing } from './swing.ts'

const source = 'Bulkowski, Encyclopedia of Chart Patterns (V tops, V bottoms); Edwards, Magee (spike reversals)'

const parameters = {
  history: {
    value: 10,
    unit: 'candles',
    reason: 'Least candles before the move: an average range of fewer measures nothing.',
  },
  move: {
    value: 6,
    unit: 'ATR',
    reason:
      'Least move into the turn, in average ranges before it: more than a flag’s pole, as a turn must be a surprise.',
  },
  speed: {
    value: 0.5,
    unit: 'ATR',
    reason: 'Least move per candle: at this speed the least move takes twelve candles, over two weeks of days.',
  },
  retrace: {
    value: 0.5,
    unit: 'share',
    reason: 'Part of the move that must be won back: half of it is the usual mark of a reversal.',
  },
} as const satisfies Record<string, Parameter>

const quality: readonly QualityPart[] = [
  { part: 'move', weight: 4, meaning: 'move into the turn against 10 average ranges' },
  { part: 'speed', weight: 3, meaning: 'move per candle against one average range' },
  { part: 'turn', weight: 3, meaning: 'candles to the turn and from it to its confirmation, shorter against longer' },
]

export const vTop: FormationDefinition = {
  id: 'v_top',
  name: 'V top',
  direction: 'bearish',
  description:
    'A steep rise that turns without resting. Confirmed when a close gives back half of it within as many candles as it took; a close above the top ends it. Target: where the rise began.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectV(swing, 1),
}

export const vBottom: FormationDefinition = {
  id: 'v_bottom',
  name: 'V bottom',
  direction: 'bullish',
  description:
    'A steep fall that turns without resting. Confirmed when a close wins back half of it within as many candles as it took; a close below the bottom ends it. Target: where the fall began.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectV(swing, -1),
}

function detectV(swing: Swing, side: Side): Candidate | null {
  if (endsOnHigh(swing) !== (side === 1)) return null
  const [from, turn] = lastPivots(swing, 2)
  if (!from || !turn) return null
  const { market, now } = swing
  const range = valueAt(market.atr, from.index)
  if (from.index < parameters.history.value || range <= 0) return null
  const move = side * (turn.price - from.price)
  const length = turn.index - from.index
  if (move < parameters.move.value * range || move < parameters.speed.value * range * length) return null

  const halfway = levelLine(turn.price - side * parameters.retrace.value * move, turn.index)
  const measured = [move / (10 * range), move / (range * length), evenness(length, now - turn.index)]
  return {
    ...breaksOneWay(side === 1 ? 'down' : 'up', halfway, levelLine(turn.price, turn.index)),
    anchors: [namedAnchor(from, 'start'), namedAnchor(turn, 'turn')],
    lines: [lineBetween(from, turn, 'move'), drawLine(halfway, turn.index, now, 'halfway')],
    quality: shapeQuality(quality, measured),
    detectedAt: now,
    expiresAt: turn.index + length,
    height: (1 - parameters.retrace.value) * move,
  }
}
