import { breaksOneWay, type Candidate } from './candidate.ts'
import { drawLine, lineBetween, namedAnchor } from './drawing.ts'
import type { Pivot } from './find-pivots.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { lineThrough, priceAt } from './line.ts'
import { valueAt } from './market.ts'
import { evenness, shapeQuality } from './quality.ts'
import { endsOnHigh, finerPivotsAfter, lastPivots, type Side, type Swing } from './swing.ts'

const source =
  'Bulkowski, Encyclopedia of Chart Patterns (flags, pennants); Edwards, Magee, Technical Analysis of Stock Trends'

const parameters = {
  pole: {
    value: 4,
    unit: 'ATR',
    reason:
      'Least height of the pole, in average ranges before it: an ordinary walk rarely goes as far in so few candles.',
  },
  history: {
    value: 10,
    unit: 'candles',
    reason: 'Least candles before the pole: an average range of fewer measures nothing.',
  },
  poleLength: { value: 15, unit: 'candles', reason: 'Longest pole: the move is steep or it is no pole.' },
  shortest: { value: 5, unit: 'candles', reason: 'Shortest rest: a week of days, Bulkowski’s least.' },
  longest: {
    value: 20,
    unit: 'candles',
    reason: 'Bulkowski’s limit is three weeks to a month; longer ones are triangles and rectangles.',
  },
  retrace: {
    value: 0.5,
    unit: 'share',
    reason: 'Largest part of the pole given back: beyond half the move is in doubt.',
  },
  parallel: {
    value: 0.6,
    unit: 'share',
    reason:
      'Ratio that parts flags, by the gaps at both ends (at least), from pennants, by the second swing to the first (at most).',
  },
  lean: {
    value: 0.05,
    unit: 'share',
    reason: 'A flag leans against the pole or lies flat; this much of the pole in its direction still counts as flat.',
  },
} as const satisfies Record<string, Parameter>

const quality: readonly QualityPart[] = [
  { part: 'pole', weight: 4, meaning: 'height of the pole against 10 average ranges' },
  { part: 'tightness', weight: 3, meaning: 'how small the first pullback is against the pole' },
  { part: 'hold', weight: 3, meaning: 'how little of the pole was given back, against the most allowed' },
]

export const bullFlag: FormationDefinition = {
  id: 'bull_flag',
  name: 'Bull flag',
  direction: 'bullish',
  description:
    'A steep rise, then a short rest between two parallel lines that lean down or lie flat and give back at most half. Confirmed by a close above the upper line; a close below the lower one ends it. Target: the rise once more.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectRest(swing, 1, isFlag),
}

export const bearFlag: FormationDefinition = {
  id: 'bear_flag',
  name: 'Bear flag',
  direction: 'bearish',
  description:
    'A steep fall, then a short rest between two parallel lines that lean up or lie flat and give back at most half. Confirmed by a close below the lower line; a close above the upper one ends it. Target: the fall once more.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectRest(swing, -1, isFlag),
}

export const bullPennant: FormationDefinition = {
  id: 'bull_pennant',
  name: 'Bull pennant',
  direction: 'bullish',
  description:
    'A steep rise, then a short rest between a falling and a rising line that come together and give back at most half. Confirmed by a close above the upper line; a close below the lower one ends it. Target: the rise once more.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectRest(swing, 1, isPennant),
}

export const bearPennant: FormationDefinition = {
  id: 'bear_pennant',
  name: 'Bear pennant',
  direction: 'bearish',
  description:
    'A steep fall, then a short rest between a falling and a rising line that come together and give back at most half. Confirmed by a close below the lower line; a close above the upper one ends it. Target: the fall once more.',
  source,
  parameters,
  quality,
  reads: 'pivots',
  detect: (swing) => detectRest(swing, -1, isPennant),
}

/** Where a move paused: the swings of the finer scale that follow the tip of its pole. */
interface Rest {
  readonly side: Side
  readonly pole: number
  readonly base: Pivot
  readonly tip: Pivot
  readonly pullback: Pivot
  readonly bounce: Pivot
  readonly lastPullback: Pivot
}

function detectRest(swing: Swing, side: Side, fits: (rest: Rest) => boolean): Candidate | null {
  if (endsOnHigh(swing) !== (side === 1)) return null
  const [base, tip] = lastPivots(swing, 2)
  if (!base || !tip || !isPole(swing, base, tip)) return null
  const [pullback, bounce, lastPullback] = finerPivotsAfter(swing, tip.index, 3)
  // After a candle that is the widest both ways, the finer scale may have turned on another one than the tip's.
  if (!pullback || !bounce || !lastPullback || pullback.isHigh === tip.isHigh) return null
  const rest: Rest = { side, pole: side * (tip.price - base.price), base, tip, pullback, bounce, lastPullback }
  const length = lastPullback.index - tip.index
  if (length < parameters.shortest.value || length > parameters.longest.value) return null
  if (side * (bounce.price - tip.price) > 0 || retraceOf(rest) > parameters.retrace.value) return null
  return fits(rest) ? toCandidate(rest, swing) : null
}

function isPole({ market }: Swing, base: Pivot, tip: Pivot): boolean {
  const range = valueAt(market.atr, base.index)
  if (base.index < parameters.history.value || range <= 0) return false
  const isShort = tip.index - base.index <= parameters.poleLength.value
  return isShort && Math.abs(tip.price - base.price) >= parameters.pole.value * range
}

/** Returns the part of the pole that the deeper pullback gave back. */
function retraceOf({ side, pole, tip, pullback, lastPullback }: Rest): number {
  return Math.max(side * (tip.price - pullback.price), side * (tip.price - lastPullback.price)) / pole
}

function isFlag({ side, pole, tip, pullback, bounce, lastPullback }: Rest): boolean {
  const [outer, inner] = [lineThrough(tip, bounce), lineThrough(pullback, lastPullback)]
  const firstGap = side * (tip.price - priceAt(inner, tip.index))
  const lastGap = side * (priceAt(outer, lastPullback.index) - lastPullback.price)
  if (firstGap <= 0 || lastGap <= 0 || evenness(firstGap, lastGap) < parameters.parallel.value) return false
  const lean = (side * (outer.slope + inner.slope) * (lastPullback.index - tip.index)) / 2
  return lean <= parameters.lean.value * pole
}

function isPennant({ side, tip, pullback, bounce, lastPullback }: Rest): boolean {
  const [first, last] = [side * (tip.price - pullback.price), side * (bounce.price - lastPullback.price)]
  return last <= parameters.parallel.value * first && side * (lastPullback.price - pullback.price) > 0
}

function toCandidate(rest: Rest, swing: Swing): Candidate {
  const { side, pole, base, tip, pullback, bounce, lastPullback } = rest
  const detectedAt = Math.max(swing.now, lastPullback.confirmedAt)
  const [trigger, guard] = [lineThrough(tip, bounce), lineThrough(pullback, lastPullback)]
  const poleInRanges = pole / valueAt(swing.market.atr, base.index)
  const tightness = 1 - (side * (tip.price - pullback.price)) / pole
  return {
    ...breaksOneWay(side === 1 ? 'up' : 'down', trigger, guard),
    anchors: [
      namedAnchor(base, 'pole_base'),
      namedAnchor(tip, 'pole_tip'),
      namedAnchor(pullback, 'pullback'),
      namedAnchor(bounce, 'bounce'),
      namedAnchor(lastPullback, 'last_pullback'),
    ],
    lines: [
      lineBetween(base, tip, 'pole'),
      drawLine(trigger, tip.index, detectedAt, side === 1 ? 'upper' : 'lower'),
      drawLine(guard, tip.index, detectedAt, side === 1 ? 'lower' : 'upper'),
    ],
    quality: shapeQuality(quality, [poleInRanges / 10, tightness, 1 - retraceOf(rest) / parameters.retrace.value]),
    detectedAt,
    expiresAt: tip.index + 2 * parameters.longest.value,
    height: pole,
  }
}
