import type { FormationDefinition, Parameter } from './formation-definition.ts'
import { detectLineShape, falls, isFlat, lineParameters, lineQuality, rises } from './line-shape.ts'
import type { TwoLines } from './two-lines.ts'

const source =
  'Lo, Mamaysky, Wang (2000), definitions TTOP / TBOT; Bulkowski, Encyclopedia of Chart Patterns; Edwards, Magee'

const parameters = {
  ...lineParameters,
  narrowing: {
    value: 0.7,
    unit: 'share',
    reason:
      'Largest ratio of last to first gap: a shape that has lost less than a third of its width looks like a channel.',
  },
} as const satisfies Record<string, Parameter>

export const ascendingTriangle: FormationDefinition = {
  id: 'ascending_triangle',
  name: 'Ascending triangle',
  direction: 'bullish',
  description:
    'A level line of highs and a rising line of lows that come together, five touches in all. Confirmed by a close above the upper line; a close below the lower one ends it, as does the apex. Target: the first gap above the breakout.',
  source,
  parameters,
  quality: lineQuality,
  reads: 'pivots',
  detect: (swing) => detectLineShape(swing, { fits: isAscending, breaks: 'up', height }),
}

export const descendingTriangle: FormationDefinition = {
  id: 'descending_triangle',
  name: 'Descending triangle',
  direction: 'bearish',
  description:
    'A level line of lows and a falling line of highs that come together, five touches in all. Confirmed by a close below the lower line; a close above the upper one ends it, as does the apex. Target: the first gap below the breakout.',
  source,
  parameters,
  quality: lineQuality,
  reads: 'pivots',
  detect: (swing) => detectLineShape(swing, { fits: isDescending, breaks: 'down', height }),
}

export const symmetricalTriangle: FormationDefinition = {
  id: 'symmetrical_triangle',
  name: 'Symmetrical triangle',
  direction: 'both',
  description:
    'A falling line of highs and a rising line of lows that come together, five touches in all. Confirmed by a close beyond either line, whose direction it takes; the apex ends it. Target: the first gap beyond the breakout.',
  source,
  parameters,
  quality: lineQuality,
  reads: 'pivots',
  detect: (swing) => detectLineShape(swing, { fits: isSymmetrical, breaks: 'either', height }),
}

function isAscending(lines: TwoLines): boolean {
  return narrows(lines) && isFlat(lines.upperRise) && rises(lines.lowerRise)
}

function isDescending(lines: TwoLines): boolean {
  return narrows(lines) && falls(lines.upperRise) && isFlat(lines.lowerRise)
}

function isSymmetrical(lines: TwoLines): boolean {
  return narrows(lines) && falls(lines.upperRise) && rises(lines.lowerRise)
}

function narrows({ firstGap, lastGap }: TwoLines): boolean {
  return lastGap <= parameters.narrowing.value * firstGap
}

function height({ firstGap }: TwoLines): number {
  return firstGap
}
