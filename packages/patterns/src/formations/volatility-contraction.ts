import { breaksOneWay, type Candidate } from './candidate.ts'
import { drawLine, namedAnchor } from './drawing.ts'
import type { FormationDefinition, Parameter, QualityPart } from './formation-definition.ts'
import { levelLine } from './line.ts'
import { shapeQuality } from './quality.ts'
import { endsOnHigh, lastPivots, type Swing } from './swing.ts'

const parameters = {
  contraction: {
    value: 0.75,
    unit: 'share',
    reason:
      'Largest ratio of a pullback to the one before it. Minervini speaks of about half; three quarters twice over is about half in all.',
  },
  ceiling: {
    value: 0.5,
    unit: 'share',
    reason: 'Largest distance between the highs, of the first pullback: they must lie under one ceiling.',
  },
} as const satisfies Record<string, Parameter>

const quality: readonly QualityPart[] = [
  { part: 'contraction', weight: 5, meaning: 'how much smaller the last pullback is than the first' },
  { part: 'ceiling', weight: 3, meaning: 'how level the highs are, against the largest distance allowed' },
  { part: 'support', weight: 2, meaning: 'how far the last low lies above the first, of the first pullback' },
]

export const volatilityContraction: FormationDefinition = {
  id: 'volatility_contraction',
  name: 'Volatility contraction',
  direction: 'bullish',
  description:
    'After a rise at least as high as the first pullback, three pullbacks from about one ceiling, each clearly smaller than the one before, on rising lows. Confirmed by a close above the last high; a close below the last low ends it. Target: the first pullback above the breakout.',
  source: 'Minervini, Trade Like a Stock Market Wizard (2013), volatility contraction pattern',
  parameters,
  quality,
  reads: 'pivots',
  detect: detectContraction,
}

function detectContraction(swing: Swing): Candidate | null {
  if (endsOnHigh(swing)) return null
  const [before, ...six] = lastPivots(swing, 7)
  const [firstHigh, firstLow, secondHigh, secondLow, lastHigh, lastLow] = six
  if (!before || !firstHigh || !firstLow || !secondHigh || !secondLow || !lastHigh || !lastLow) return null
  const first = firstHigh.price - firstLow.price
  const second = secondHigh.price - secondLow.price
  const last = lastHigh.price - lastLow.price
  const { contraction, ceiling } = parameters
  if (second > contraction.value * first || last > contraction.value * second) return null
  if (secondLow.price <= firstLow.price || lastLow.price <= secondLow.price) return null
  const highs = [firstHigh.price, secondHigh.price, lastHigh.price]
  const unevenness = (Math.max(...highs) - Math.min(...highs)) / first
  if (unevenness > ceiling.value || firstHigh.price - before.price < first) return null

  const { now } = swing
  const [trigger, guard] = [levelLine(lastHigh.price, lastHigh.index), levelLine(lastLow.price, lastLow.index)]
  const measured = [1 - last / first, 1 - unevenness / ceiling.value, (lastLow.price - firstLow.price) / first]
  return {
    ...breaksOneWay('up', trigger, guard),
    anchors: six.map((pivot) => namedAnchor(pivot, pivot.isHigh ? 'high' : 'low')),
    lines: [drawLine(trigger, lastHigh.index, now, 'ceiling'), drawLine(guard, lastLow.index, now, 'floor')],
    quality: shapeQuality(quality, measured),
    detectedAt: now,
    expiresAt: now + lastLow.index - firstHigh.index,
    height: first,
  }
}
