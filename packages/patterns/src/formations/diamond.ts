import { breaksOneWay, type Candidate } from './candidate.ts'
import { drawLine, lineBetween, namedAnchor } from './drawing.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { lineThrough } from './line.ts'
import { evenness, shapeQuality } from './quality.ts'
import { endsOnHigh, lastPivots, type Side, type Swing } from './swing.ts'

const source = 'Bulkowski, Encyclopedia of Chart Patterns (diamond tops, diamond bottoms); Edwards, Magee'

const parameters = {
  taper: {
    value: 0.7,
    unit: 'share',
    reason:
      'Largest ratio of the first and of the last swing to the middle one: the widening and narrowing asked of broadenings and triangles.',
  },
  length: {
    value: 15,
    unit: 'candles',
    reason:
      'Six pivots in less than three weeks of days are noise; Bulkowski’s diamonds last about as long at the least.',
  },
} as const satisfies Record<string, Parameter>

const quality: readonly QualityPart[] = [
  { part: 'taper', weight: 4, meaning: 'how much smaller first and last swing are than the middle one' },
  { part: 'balance', weight: 3, meaning: 'smaller of first and last swing against the larger' },
  {
    part: 'symmetry',
    weight: 3,
    meaning: 'shorter of the widening and the narrowing part against the longer, in candles',
  },
]

export const diamondTop: FormationDefinition = {
  id: 'diamond_top',
  name: 'Diamond top',
  direction: 'bearish',
  description:
    'Swings that first widen, then narrow: of three highs the middle one is highest, of three lows the middle one lowest, entered by a rise from below. Confirmed by a close below the line of the last two lows; a close above that of the last two highs ends it. Target: the widest swing below the breakout.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectDiamond(swing, 1),
}

export const diamondBottom: FormationDefinition = {
  id: 'diamond_bottom',
  name: 'Diamond bottom',
  direction: 'bullish',
  description:
    'Swings that first widen, then narrow: of three lows the middle one is lowest, of three highs the middle one highest, entered by a fall from above. Confirmed by a close above the line of the last two highs; a close below that of the last two lows ends it. Target: the widest swing above the breakout.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectDiamond(swing, -1),
}

/** A diamond top begins with a high and so ends, six pivots later, with a low. */
function detectDiamond(swing: Swing, side: Side): Candidate | null {
  if (endsOnHigh(swing) === (side === 1)) return null
  const [before, ...six] = lastPivots(swing, 7)
  const [a, b, c, d, e, f] = six
  if (!before || !a || !b || !c || !d || !e || !f) return null
  const [tops, bottoms] = [
    [a, c, e],
    [b, d, f],
  ].map((pivots) => pivots.map(({ price }) => side * price))
  if (!tops || !bottoms || Math.max(...tops) !== side * c.price || Math.min(...bottoms) !== side * d.price) return null
  const [first, middle, last] = [side * (a.price - b.price), side * (c.price - d.price), side * (e.price - f.price)]
  const taper = Math.max(first, last) / middle
  if (taper > parameters.taper.value || f.index - a.index < parameters.length.value) return null
  if (side * before.price >= Math.min(...bottoms)) return null

  const { now } = swing
  const [overRight, underRight] = [lineThrough(c, e), lineThrough(d, f)]
  return {
    ...breaksOneWay(side === 1 ? 'down' : 'up', underRight, overRight),
    anchors: six.map((pivot) => namedAnchor(pivot, pivot.isHigh ? 'high' : 'low')),
    lines: [
      lineBetween(a, c, side === 1 ? 'upper_left' : 'lower_left'),
      lineBetween(b, d, side === 1 ? 'lower_left' : 'upper_left'),
      drawLine(overRight, c.index, now, side === 1 ? 'upper_right' : 'lower_right'),
      drawLine(underRight, d.index, now, side === 1 ? 'lower_right' : 'upper_right'),
    ],
    quality: shapeQuality(quality, [
      1 - taper / 2,
      evenness(first, last),
      evenness(d.index - a.index, f.index - c.index),
    ]),
    detectedAt: now,
    expiresAt: now + f.index - a.index,
    height: middle,
  }
}
