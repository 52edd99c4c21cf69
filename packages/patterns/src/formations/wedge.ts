import type { FormationDefinition, Parameter } from './formation-definition.ts'
import { detectLineShape, falls, lineParameters, lineQuality, rises } from './line-shape.ts'
import type { TwoLines } from './two-lines.ts'

const source = 'Bulkowski, Encyclopedia of Chart Patterns (rising and falling wedges); Edwards, Magee'

const parameters = {
  ...lineParameters,
  narrowing: {
    value: 0.7,
    unit: 'share',
    reason: 'Largest ratio of last to first gap, as for a triangle: wider, and it is a channel.',
  },
} as const satisfies Record<string, Parameter>

export const risingWedge: FormationDefinition = {
  id: 'rising_wedge',
  name: 'Rising wedge',
  direction: 'bearish',
  description:
    'Two rising lines that come together, the lower one steeper, five touches in all. Confirmed by a close below the lower line; a close above the upper one ends it, as does the apex. Target: the first gap below the breakout.',
  source,
  parameters,
  quality: lineQuality,
  reads: 'pivots',
  detect: (swing) => detectLineShape(swing, { fits: isRising, breaks: 'down', height }),
}

export const fallingWedge: FormationDefinition = {
  id: 'falling_wedge',
  name: 'Falling wedge',
  direction: 'bullish',
  description:
    'Two falling lines that come together, the upper one steeper, five touches in all. Confirmed by a close above the upper line; a close below the lower one ends it, as does the apex. Target: the first gap above the breakout.',
  source,
  parameters,
  quality: lineQuality,
  reads: 'pivots',
  detect: (swing) => detectLineShape(swing, { fits: isFalling, breaks: 'up', height }),
}

function isRising(lines: TwoLines): boolean {
  return narrows(lines) && rises(lines.upperRise) && rises(lines.lowerRise)
}

function isFalling(lines: TwoLines): boolean {
  return narrows(lines) && falls(lines.upperRise) && falls(lines.lowerRise)
}

function narrows({ firstGap, lastGap }: TwoLines): boolean {
  return lastGap <= parameters.narrowing.value * firstGap
}

function height({ firstGap }: TwoLines): number {
  return firstGap
}
