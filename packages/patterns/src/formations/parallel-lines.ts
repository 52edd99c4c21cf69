import type { FormationDefinition, Parameter } from './formation-definition.ts'
import { detectLineShape, falls, isFlat, lineParameters, lineQuality, rises } from './line-shape.ts'
import { evenness } from './quality.ts'
import type { TwoLines } from './two-lines.ts'

const parameters = {
  ...lineParameters,
  parallel: {
    value: 0.8,
    unit: 'share',
    reason: 'Least ratio of the narrower to the wider gap: between it and a wedge (0.7) a shape is neither.',
  },
} as const satisfies Record<string, Parameter>

export const rectangle: FormationDefinition = {
  id: 'rectangle',
  name: 'Rectangle',
  direction: 'both',
  description:
    'Highs on one level line and lows on another, five touches in all. Confirmed by a close beyond either line, whose direction it takes. Target: the gap beyond the breakout.',
  source:
    'Lo, Mamaysky, Wang (2000), definitions RTOP / RBOT; Bulkowski, Encyclopedia of Chart Patterns; Edwards, Magee',
  parameters,
  quality: lineQuality,
  reads: 'pivots',
  detect: (swing) => detectLineShape(swing, { fits: isRectangle, breaks: 'either', height }),
}

export const channelUp: FormationDefinition = {
  id: 'channel_up',
  name: 'Channel up',
  direction: 'both',
  description:
    'Highs and lows on two parallel rising lines, five touches in all. A close above the upper line confirms a faster rise, one below the lower line the end of the rise. Target: the gap beyond the breakout.',
  source: 'Edwards, Magee, Technical Analysis of Stock Trends; Bulkowski, Encyclopedia of Chart Patterns',
  parameters,
  quality: lineQuality,
  reads: 'pivots',
  detect: (swing) => detectLineShape(swing, { fits: isChannelUp, breaks: 'either', height }),
}

export const channelDown: FormationDefinition = {
  id: 'channel_down',
  name: 'Channel down',
  direction: 'both',
  description:
    'Highs and lows on two parallel falling lines, five touches in all. A close below the lower line confirms a faster fall, one above the upper line the end of the fall. Target: the gap beyond the breakout.',
  source: 'Edwards, Magee, Technical Analysis of Stock Trends; Bulkowski, Encyclopedia of Chart Patterns',
  parameters,
  quality: lineQuality,
  reads: 'pivots',
  detect: (swing) => detectLineShape(swing, { fits: isChannelDown, breaks: 'either', height }),
}

function isRectangle(lines: TwoLines): boolean {
  return isParallel(lines) && isFlat(lines.upperRise) && isFlat(lines.lowerRise)
}

function isChannelUp(lines: TwoLines): boolean {
  return isParallel(lines) && rises(lines.upperRise) && rises(lines.lowerRise)
}

function isChannelDown(lines: TwoLines): boolean {
  return isParallel(lines) && falls(lines.upperRise) && falls(lines.lowerRise)
}

function isParallel({ firstGap, lastGap }: TwoLines): boolean {
  return evenness(firstGap, lastGap) >= parameters.parallel.value
}

function height({ lastGap }: TwoLines): number {
  return lastGap
}
