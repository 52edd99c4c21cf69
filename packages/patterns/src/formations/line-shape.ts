import { breaksEitherWay, breaksOneWay, type Candidate } from './candidate.ts'
import { drawLine, namedAnchor } from './drawing.ts'
import type { Parameter, QualityPart } from './formation-definition.ts'
import { priceAt } from './line.ts'
import { type Market, valueAt } from './market.ts'
import { evenness, shapeQuality } from './quality.ts'
import type { Swing } from './swing.ts'
import type { TwoLines } from './two-lines.ts'

/** What makes one formation of the family. */
export interface LineShape {
  fits(lines: TwoLines): boolean
  readonly breaks: 'up' | 'down' | 'either'
  /** Returns the length of the measured move. */
  height(lines: TwoLines): number
}

export const lineParameters = {
  touch: {
    value: 0.1,
    unit: 'share',
    reason: 'Largest distance of a pivot from its line, of the wider gap: near enough to be called a touch by eye.',
  },
  inside: {
    value: 0.9,
    unit: 'share',
    reason: 'Least share of closes between the lines, a touch’s width granted: a border that is often crossed is none.',
  },
  length: {
    value: 15,
    unit: 'candles',
    reason: 'Shorter than three weeks of days Bulkowski calls it a pennant or a flag.',
  },
  flat: {
    value: 0.15,
    unit: 'share',
    reason:
      'A line that rises or falls less than this share of the wider gap counts as level: the same measure by which two tops are level.',
  },
} as const satisfies Record<string, Parameter>

export const lineQuality: readonly QualityPart[] = [
  {
    part: 'touches',
    weight: 4,
    meaning: 'how near the pivots lie to their lines, against the largest distance allowed',
  },
  { part: 'inside', weight: 3, meaning: 'closes between the lines, from the least share allowed to all' },
  { part: 'rhythm', weight: 3, meaning: 'shortest distance between neighbouring pivots against the longest' },
]

/** Returns the shape ending with the newest pivot; null when the last five make none. Reads nothing after `swing.now`. */
export function detectLineShape(swing: Swing, shape: LineShape): Candidate | null {
  const { lines } = swing
  if (!lines || !shape.fits(lines)) return null
  const { pivots, upper, lower } = lines
  const [first, last] = [pivots[0].index, pivots[4].index]
  const misfit = farthestFromLine(lines)
  if (misfit > lineParameters.touch.value || last - first < lineParameters.length.value) return null
  const inside = shareInside(lines, swing.market)
  if (inside < lineParameters.inside.value) return null

  const { breaks } = shape
  const { now } = swing
  const spans = pivots.slice(1).map((pivot, i) => pivot.index - (pivots[i]?.index ?? 0))
  const rhythm = evenness(Math.min(...spans), Math.max(...spans))
  const insideFit = (inside - lineParameters.inside.value) / (1 - lineParameters.inside.value)
  const oneWay = breaks === 'up' ? ([upper, lower] as const) : ([lower, upper] as const)
  return {
    ...(breaks === 'either' ? breaksEitherWay(upper, lower) : breaksOneWay(breaks, ...oneWay)),
    anchors: pivots.map((pivot) => namedAnchor(pivot, pivot.isHigh ? 'high' : 'low')),
    lines: [drawLine(upper, first, now, 'upper'), drawLine(lower, first, now, 'lower')],
    quality: shapeQuality(lineQuality, [1 - misfit / lineParameters.touch.value, insideFit, rhythm]),
    detectedAt: now,
    expiresAt: now + last - first,
    height: shape.height(lines),
  }
}

export function isFlat(rise: number): boolean {
  return Math.abs(rise) <= lineParameters.flat.value
}

export function rises(rise: number): boolean {
  return rise > lineParameters.flat.value
}

export function falls(rise: number): boolean {
  return rise < -lineParameters.flat.value
}

/** Returns the largest distance of a pivot from its line as a share of the wider gap. */
function farthestFromLine({ pivots, upper, lower, firstGap, lastGap }: TwoLines): number {
  const distances = pivots.map((pivot) => Math.abs(pivot.price - priceAt(pivot.isHigh ? upper : lower, pivot.index)))
  return Math.max(...distances) / Math.max(firstGap, lastGap)
}

function shareInside({ pivots, upper, lower, firstGap, lastGap }: TwoLines, { series }: Market): number {
  const grace = lineParameters.touch.value * Math.max(firstGap, lastGap)
  const [first, last] = [pivots[0].index, pivots[4].index]
  let inside = 0
  for (let i = first; i <= last; i++) {
    const close = valueAt(series.close, i)
    if (close <= priceAt(upper, i) + grace && close >= priceAt(lower, i) - grace) inside++
  }
  return inside / (last - first + 1)
}
