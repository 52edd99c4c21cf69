import type { CandleSeries } from '@banyan/domain'
import { breaksOneWay, type Candidate } from './candidate.ts'
import { drawLine, lineBetween, namedAnchor } from './drawing.ts'
import type { Pivot } from './find-pivots.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { levelLine } from './line.ts'
import { valueAt } from './market.ts'
import { evenness, shapeQuality } from './quality.ts'
import { endsOnHigh, type Side, type Swing } from './swing.ts'

const source = 'O’Neil, How to Make Money in Stocks (1988); Bulkowski, Encyclopedia of Chart Patterns'

const parameters = {
  length: { value: 30, unit: 'candles', reason: 'Shortest cup: O’Neil’s seven weeks of days, holidays taken off.' },
  reach: {
    value: 12,
    unit: 'pivots',
    reason: 'Pivots looked back over for the left rim: a cup with more swings inside is a range.',
  },
  priorRise: {
    value: 1,
    unit: 'share',
    reason:
      'Least move into the left rim, of the cup’s depth: O’Neil asks for a rise of 30 % before cups that are 12 to 33 % deep.',
  },
  rimUnevenness: {
    value: 0.25,
    unit: 'share',
    reason: 'Largest difference of the rims, of the depth: Bulkowski wants them near one level.',
  },
  roundness: {
    value: 0.6,
    unit: 'share',
    reason:
      'Least share of closes in the far half of the cup: a V spends half its time there, a parabola 71 %, a semicircle 87 %.',
  },
  centre: {
    value: 0.2,
    unit: 'share',
    reason: 'Least distance of the turn from either rim, of the cup’s length: nearer ones are a crash or a spike.',
  },
  handleDepth: {
    value: 0.5,
    unit: 'share',
    reason: 'Deepest handle, of the depth: O’Neil’s handles stay in the upper half of the cup.',
  },
  handleLength: {
    value: 0.5,
    unit: 'share',
    reason: 'Longest handle, of the cup’s length: a longer one is a shape of its own.',
  },
} as const satisfies Record<string, Parameter>

const quality: readonly QualityPart[] = [
  { part: 'rims', weight: 3, meaning: 'how level the rims are, against the largest difference allowed' },
  { part: 'roundness', weight: 4, meaning: 'share of closes in the far half, from a V (0.5) to a semicircle (0.87)' },
  { part: 'symmetry', weight: 3, meaning: 'shorter side of the cup against the longer one, in candles' },
]

export const cupWithHandle: FormationDefinition = {
  id: 'cup_with_handle',
  name: 'Cup with handle',
  direction: 'bullish',
  description:
    'After a rise a rounded bottom whose rims are about level, then a pullback from the right rim that stays in the upper half: the handle. Confirmed by a close above the right rim; a close in the lower half ends it. Target: the cup’s depth above the rim.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectCup(swing, 1),
}

export const inverseCupWithHandle: FormationDefinition = {
  id: 'inverse_cup_with_handle',
  name: 'Inverse cup with handle',
  direction: 'bearish',
  description:
    'After a fall a rounded top whose rims are about level, then a bounce from the right rim that stays in the lower half: the handle. Confirmed by a close below the right rim; a close in the upper half ends it. Target: the cup’s depth below the rim.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectCup(swing, -1),
}

function detectCup(swing: Swing, side: Side): Candidate | null {
  const cup = endsOnHigh(swing) === (side === 1) ? findCup(swing, side) : null
  if (!cup) return null
  const { left, turn, right, depth } = cup
  const length = right.index - left.index
  const unevenness = Math.abs(left.price - right.price) / depth
  const position = (turn.index - left.index) / length
  if (length < parameters.length.value || unevenness > parameters.rimUnevenness.value) return null
  if (Math.min(position, 1 - position) < parameters.centre.value) return null
  const roundness = shareBeyond(swing.market.series, left, right, { level: turn.price + (side * depth) / 2, side })
  if (roundness < parameters.roundness.value) return null

  const { now } = swing
  const handleFloor = levelLine(right.price - side * parameters.handleDepth.value * depth, right.index)
  const rims = 1 - unevenness / parameters.rimUnevenness.value
  return {
    ...breaksOneWay(side === 1 ? 'up' : 'down', levelLine(right.price, right.index), handleFloor),
    anchors: [namedAnchor(left, 'left_rim'), namedAnchor(turn, 'turn'), namedAnchor(right, 'right_rim')],
    lines: [lineBetween(left, right, 'rim'), drawLine(handleFloor, right.index, now, 'handle_limit')],
    quality: shapeQuality(quality, [rims, (roundness - 0.5) / 0.37, evenness(position, 1 - position)]),
    detectedAt: now,
    expiresAt: right.index + Math.ceil(parameters.handleLength.value * length),
    height: depth,
  }
}

interface Cup {
  readonly left: Pivot
  readonly turn: Pivot
  readonly right: Pivot
  readonly depth: number
}

/** Goes back from the right rim to the first pivot near its level or beyond it: the left rim, if the price had risen into it. */
function findCup({ pivots, newest }: Swing, side: Side): Cup | null {
  const right = pivots[newest]
  let turn = pivots[newest - 1]
  if (!right || !turn) return null
  for (let back = 2; back <= parameters.reach.value; back += 2) {
    const [left, before] = [pivots[newest - back], pivots[newest - back - 1]]
    if (!left || !before) return null
    const reach = parameters.rimUnevenness.value * side * (right.price - turn.price)
    if (side * (left.price - right.price) >= -reach) {
      const depth = Math.min(side * (left.price - turn.price), side * (right.price - turn.price))
      const hasRisen = side * (left.price - before.price) >= parameters.priorRise.value * depth
      return hasRisen ? { left, turn, right, depth } : null
    }
    if (side * (before.price - turn.price) < 0) turn = before
  }
  return null
}

/** Returns the share of closes between two pivots that lie on the far side of a level: below it for side 1. */
function shareBeyond(
  { close }: CandleSeries,
  from: Pivot,
  to: Pivot,
  { level, side }: { level: number; side: Side },
): number {
  let beyond = 0
  for (let i = from.index; i <= to.index; i++) if (side * (valueAt(close, i) - level) < 0) beyond++
  return beyond / (to.index - from.index + 1)
}
