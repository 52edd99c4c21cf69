import { breaksEitherWay, type Candidate } from './candidate.ts'
import { drawLine } from './drawing.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { levelLine } from './line.ts'
import { type Market, valueAt } from './market.ts'
import { shapeQuality } from './quality.ts'

const source = 'Crabel, Day Trading with Short Term Price Patterns and Opening Range Breakout (1990)'

const wait = {
  value: 3,
  unit: 'candles',
  reason: 'Candles the break may take: Crabel trades the next day; later the narrow candle is one of many.',
} as const satisfies Parameter

const quality: readonly QualityPart[] = [
  {
    part: 'tightness',
    weight: 6,
    meaning: 'how much narrower the candle is than the mean of the others in the window',
  },
  { part: 'quiet', weight: 4, meaning: 'how much narrower it is than the average range' },
]

export const nr4: FormationDefinition = {
  id: 'nr4',
  name: 'NR4',
  direction: 'both',
  description:
    'A candle whose range from low to high is the narrowest of the last four. Confirmed by a close beyond that range, whose direction it takes. Target: the mean range of the three candles before it beyond the breakout.',
  source,
  parameters: { window: { value: 4, unit: 'candles', reason: 'Crabel’s definition.' }, wait },
  quality,
  reads: 'candles',
  detect: (market, index) => detectNarrow(market, index, 4),
}

export const nr7: FormationDefinition = {
  id: 'nr7',
  name: 'NR7',
  direction: 'both',
  description:
    'A candle whose range from low to high is the narrowest of the last seven. Confirmed by a close beyond that range, whose direction it takes. Target: the mean range of the six candles before it beyond the breakout.',
  source,
  parameters: { window: { value: 7, unit: 'candles', reason: 'Crabel’s definition.' }, wait },
  quality,
  reads: 'candles',
  detect: (market, index) => detectNarrow(market, index, 7),
}

/** A candle that did not move at all has no border to break and is passed over. */
function detectNarrow(market: Market, index: number, window: number): Candidate | null {
  const { high, low } = market.series
  const range = valueAt(high, index) - valueAt(low, index)
  const first = index - window + 1
  if (first < 0 || range <= 0) return null
  let others = 0
  for (let i = index - 1; i >= first; i--) {
    const other = valueAt(high, i) - valueAt(low, i)
    if (other <= range) return null
    others += other
  }

  const mean = others / (window - 1)
  const [upper, lower] = [levelLine(valueAt(high, index), index), levelLine(valueAt(low, index), index)]
  return {
    ...breaksEitherWay(upper, lower),
    anchors: [
      { index: first, price: valueAt(high, first), role: 'window' },
      { index, price: upper.price, role: 'high' },
      { index, price: lower.price, role: 'low' },
    ],
    lines: [drawLine(upper, first, index, 'upper'), drawLine(lower, first, index, 'lower')],
    quality: shapeQuality(quality, [1 - range / mean, 1 - range / valueAt(market.atr, index)]),
    detectedAt: index,
    expiresAt: index + wait.value,
    height: mean,
  }
}
