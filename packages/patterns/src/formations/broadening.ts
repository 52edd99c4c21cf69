import type { FormationDefinition, Parameter } from './formation-definition.ts'
import { detectLineShape, falls, lineParameters, lineQuality, rises } from './line-shape.ts'
import type { TwoLines } from './two-lines.ts'

const source = 'Lo, Mamaysky, Wang (2000), definitions BTOP / BBOT; Bulkowski, Encyclopedia of Chart Patterns'

const parameters = {
  ...lineParameters,
  widening: {
    value: 1.4,
    unit: 'share',
    reason: 'Least ratio of last to first gap: the narrowing asked of a triangle (0.7), turned round.',
  },
} as const satisfies Record<string, Parameter>

export const broadeningTop: FormationDefinition = {
  id: 'broadening_top',
  name: 'Broadening top',
  direction: 'both',
  description:
    'Rising highs and falling lows on two lines that part, beginning with a high. Confirmed by a close beyond either line, whose direction it takes. Target: the last gap beyond the breakout.',
  source,
  parameters,
  quality: lineQuality,
  reads: 'pivots',
  detect: (swing) => detectLineShape(swing, { fits: (lines) => startsWith(lines, 'high'), breaks: 'either', height }),
}

export const broadeningBottom: FormationDefinition = {
  id: 'broadening_bottom',
  name: 'Broadening bottom',
  direction: 'both',
  description:
    'Rising highs and falling lows on two lines that part, beginning with a low. Confirmed by a close beyond either line, whose direction it takes. Target: the last gap beyond the breakout.',
  source,
  parameters,
  quality: lineQuality,
  reads: 'pivots',
  detect: (swing) => detectLineShape(swing, { fits: (lines) => startsWith(lines, 'low'), breaks: 'either', height }),
}

function startsWith(lines: TwoLines, kind: 'high' | 'low'): boolean {
  return widens(lines) && lines.pivots[0].isHigh === (kind === 'high')
}

function widens({ firstGap, lastGap, upperRise, lowerRise }: TwoLines): boolean {
  return lastGap >= parameters.widening.value * firstGap && rises(upperRise) && falls(lowerRise)
}

function height({ lastGap }: TwoLines): number {
  return lastGap
}
