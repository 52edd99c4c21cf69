import { breaksOneWay, type Candidate } from './candidate.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { approachOf, continuesRun, type Gap, gapAnchors, gapAt, gapLines, gapParameters } from './gap.ts'
import { levelLine } from './line.ts'
import { type Market, valueAt } from './market.ts'
import { shapeQuality } from './quality.ts'

const parameters = {
  ...gapParameters,
  fill: {
    value: 5,
    unit: 'candles',
    reason: 'Latest fill: a week of days, in which Bulkowski sees most exhaustion gaps closed.',
  },
  retrace: {
    value: 0.5,
    unit: 'share',
    reason: 'Part of the run given back at the target: half of it is the usual mark of a reversal.',
  },
} as const satisfies Record<string, Parameter>

const quality: readonly QualityPart[] = [
  { part: 'run', weight: 5, meaning: 'run of the candles before the gap against ten average ranges' },
  { part: 'haste', weight: 5, meaning: 'how soon the gap was filled, against the latest candle allowed' },
]

export const exhaustionGap: FormationDefinition = {
  id: 'exhaustion_gap',
  name: 'Exhaustion gap',
  direction: 'both',
  description:
    'A runaway gap that a close has filled within five candles: the run is spent. It is known, and confirmed, on the candle that fills it, and its direction is against the gap. Target: half of the run given back; stop: the farthest price of the run.',
  source: 'Bulkowski, Encyclopedia of Chart Patterns (gaps: exhaustion gaps); Edwards, Magee',
  parameters,
  quality,
  reads: 'candles',
  detect: detectExhaustionGap,
}

function detectExhaustionGap(market: Market, index: number): Candidate | null {
  const gap = findFilledGap(market, index)
  if (!gap) return null
  const approach = approachOf(market, gap)
  if (!continuesRun(gap, approach)) return null
  const end = farthest(market, gap, index)
  const begin = gap.side === 1 ? approach.lowest : approach.highest
  const height = parameters.retrace.value * Math.abs(end - begin) - Math.abs(end - gap.near)
  if (height <= 0) return null
  const haste = 1 - (index - gap.index - 1) / parameters.fill.value
  return {
    ...breaksOneWay(gap.side === 1 ? 'down' : 'up', levelLine(gap.near, index), levelLine(end, index)),
    anchors: [...gapAnchors(gap), { index, price: valueAt(market.series.close, index), role: 'fill' }],
    lines: gapLines(gap),
    quality: shapeQuality(quality, [approach.run / (10 * gap.range), haste]),
    detectedAt: index,
    expiresAt: index + 1,
    height,
  }
}

/** Returns the latest gap that candle `index` is the first to close beyond; null when there is none near enough. */
function findFilledGap(market: Market, index: number): Gap | null {
  const { close } = market.series
  for (let at = index - 1; at >= index - parameters.fill.value && at > 0; at--) {
    const gap = gapAt(market, at)
    if (gap && isBeyondNear(gap, valueAt(close, index))) return isOpenUntil(market, gap, index) ? gap : null
  }
  return null
}

function isOpenUntil({ series }: Market, gap: Gap, index: number): boolean {
  for (let i = gap.index; i < index; i++) if (isBeyondNear(gap, valueAt(series.close, i))) return false
  return true
}

function isBeyondNear({ side, near }: Gap, close: number): boolean {
  return side * (close - near) < 0
}

function farthest({ series }: Market, { index, side }: Gap, last: number): number {
  let price = valueAt(side === 1 ? series.high : series.low, index)
  for (let i = index; i <= last; i++)
    price = side === 1 ? Math.max(price, valueAt(series.high, i)) : Math.min(price, valueAt(series.low, i))
  return price
}
