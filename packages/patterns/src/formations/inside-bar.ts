import { breaksEitherWay, type Candidate } from './candidate.ts'
import { drawLine } from './drawing.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { levelLine } from './line.ts'
import { type Market, valueAt } from './market.ts'
import { shapeQuality } from './quality.ts'

const parameters = {
  wait: {
    value: 3,
    unit: 'candles',
    reason: 'Candles the break may take, as for NR4: later the mother candle is one of many.',
  },
} as const satisfies Record<string, Parameter>

const quality: readonly QualityPart[] = [
  { part: 'smallness', weight: 6, meaning: 'how much narrower the inside candle is than its mother' },
  { part: 'centre', weight: 4, meaning: 'how near the middle of the mother its own middle lies' },
]

export const insideBar: FormationDefinition = {
  id: 'inside_bar',
  name: 'Inside bar',
  direction: 'both',
  description:
    'A candle whose high is below and whose low is above those of the candle before it, its mother. Confirmed by a close beyond the mother’s range, whose direction it takes. Target: the mother’s range beyond the breakout.',
  source:
    'Crabel, Day Trading with Short Term Price Patterns and Opening Range Breakout (1990); Bulkowski, Encyclopedia of Chart Patterns (inside days)',
  parameters,
  quality,
  reads: 'candles',
  detect: detectInside,
}

function detectInside(market: Market, index: number): Candidate | null {
  const { high, low } = market.series
  if (index === 0) return null
  const mother = index - 1
  const [top, bottom] = [valueAt(high, mother), valueAt(low, mother)]
  const [insideTop, insideBottom] = [valueAt(high, index), valueAt(low, index)]
  if (insideTop >= top || insideBottom <= bottom) return null

  const range = top - bottom
  const offCentre = Math.abs(top - insideTop - (insideBottom - bottom)) / range
  const [upper, lower] = [levelLine(top, mother), levelLine(bottom, mother)]
  return {
    ...breaksEitherWay(upper, lower),
    anchors: [
      { index: mother, price: top, role: 'mother_high' },
      { index: mother, price: bottom, role: 'mother_low' },
      { index, price: insideTop, role: 'inside_high' },
      { index, price: insideBottom, role: 'inside_low' },
    ],
    lines: [drawLine(upper, mother, index, 'upper'), drawLine(lower, mother, index, 'lower')],
    quality: shapeQuality(quality, [1 - (insideTop - insideBottom) / range, 1 - offCentre]),
    detectedAt: index,
    expiresAt: index + parameters.wait.value,
    height: range,
  }
}
