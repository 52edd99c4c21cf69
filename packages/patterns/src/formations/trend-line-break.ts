import { breaksOneWay, type Candidate } from './candidate.ts'
import { drawLine, namedAnchor } from './drawing.ts'
import type { Pivot } from './find-pivots.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { fitLine, type Line, levelLine, priceAt } from './line.ts'
import { type Market, valueAt } from './market.ts'
import { evenness, shapeQuality } from './quality.ts'
import { endsOnHigh, lastPivots, type Side, type Swing } from './swing.ts'

const source =
  'Bulkowski, Encyclopedia of Chart Patterns and Getting Started in Chart Patterns (trendlines); Edwards, Magee'

const parameters = {
  tolerance: {
    value: 0.75,
    unit: 'ATR',
    reason: 'Largest distance of a touch from the line, and of a close beyond it: within one ordinary candle.',
  },
  rise: {
    value: 4,
    unit: 'ATR',
    reason: 'Least distance the line covers: twice the smallest swing, or it is a level.',
  },
  length: {
    value: 20,
    unit: 'candles',
    reason: 'Shortest line: a month of days, Bulkowski’s shortest short-term line.',
  },
} as const satisfies Record<string, Parameter>

const quality: readonly QualityPart[] = [
  { part: 'touches', weight: 5, meaning: 'how near the touches lie to the line, against the largest distance allowed' },
  { part: 'spacing', weight: 3, meaning: 'shorter distance between touches against the longer one, in candles' },
  { part: 'rise', weight: 2, meaning: 'distance the line covers against 12 average ranges' },
]

export const uptrendLineBreak: FormationDefinition = {
  id: 'uptrend_line_break',
  name: 'Uptrend line break',
  direction: 'bearish',
  description:
    'Three rising lows on one line that no close went clearly below, then a high from which the price turns back to the line. Confirmed by a close below the line; a close above that high ends it, for then the trend goes on. Target: the farthest high’s distance from the line, below the breakout.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectTrendLine(swing, 1),
}

export const downtrendLineBreak: FormationDefinition = {
  id: 'downtrend_line_break',
  name: 'Downtrend line break',
  direction: 'bullish',
  description:
    'Three falling highs on one line that no close went clearly above, then a low from which the price turns back to the line. Confirmed by a close above the line; a close below that low ends it, for then the trend goes on. Target: the farthest low’s distance from the line, above the breakout.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectTrendLine(swing, -1),
}

/** Begins at the turn towards the line, because the break that matters comes from there and every turn makes a new watch. */
function detectTrendLine(swing: Swing, side: Side): Candidate | null {
  if (endsOnHigh(swing) !== (side === 1)) return null
  const [first, firstTurn, second, secondTurn, third, turn] = lastPivots(swing, 6)
  if (!first || !firstTurn || !second || !secondTurn || !third || !turn) return null
  if (side * (second.price - first.price) <= 0 || side * (third.price - second.price) <= 0) return null
  const { market, now } = swing
  const range = valueAt(market.atr, now)
  const line = fitLine([first, second, third])
  const tolerance = parameters.tolerance.value * range
  const misfit = Math.max(...[first, second, third].map((touch) => Math.abs(touch.price - priceAt(line, touch.index))))
  const length = third.index - first.index
  const rise = side * line.slope * length
  if (misfit > tolerance || rise < parameters.rise.value * range || length < parameters.length.value) return null
  if (isBroken(market, line, { from: first, to: turn, side, tolerance })) return null

  const heights = [firstTurn, secondTurn, turn].map((pivot) => side * (pivot.price - priceAt(line, pivot.index)))
  const spacing = evenness(second.index - first.index, third.index - second.index)
  return {
    ...breaksOneWay(side === 1 ? 'down' : 'up', line, levelLine(turn.price, turn.index)),
    anchors: [...[first, second, third].map((touch) => namedAnchor(touch, 'touch')), namedAnchor(turn, 'turn')],
    lines: [drawLine(line, first.index, now, 'trend')],
    quality: shapeQuality(quality, [1 - misfit / tolerance, spacing, rise / (12 * range)]),
    detectedAt: now,
    expiresAt: now + length,
    height: Math.max(...heights),
  }
}

interface Stretch {
  readonly from: Pivot
  readonly to: Pivot
  readonly side: Side
  readonly tolerance: number
}

function isBroken({ series }: Market, line: Line, { from, to, side, tolerance }: Stretch): boolean {
  for (let i = from.index; i <= to.index; i++)
    if (side * (valueAt(series.close, i) - priceAt(line, i)) < -tolerance) return true
  return false
}
