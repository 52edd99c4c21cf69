import type { CandleSeries } from '@banyan/domain'
import type { FormationId } from '../formation.ts'
import { bowl, type Candle, path, seriesOf, seriesThrough, upsideDown, type Waypoint } from './shape-series.ts'

/** A series drawn to hold one formation, and where a person would put its anchors. All prices are invented. */
export interface LabelledShape {
  readonly pattern: FormationId
  /** Way it breaks. */
  readonly direction: 'bullish' | 'bearish'
  /** Candles of the anchors, in order. */
  readonly anchors: readonly number[]
  /** How many candles beside them an anchor may lie. */
  readonly reach: number
  /** Returns the series, its noise drawn by `seed`. */
  series(seed: number): CandleSeries
}

interface Drawing {
  readonly direction: 'bullish' | 'bearish'
  readonly anchors: readonly number[]
  readonly waypoints: readonly Waypoint[]
  readonly reach?: number
}

/** A noisy leg may turn a candle or two beside the corner a person would mark, the floor of a bowl anywhere along it. */
const [reach, bowlReach] = [2, 6]

/** Shapes drawn as straight legs, each with the name of the same shape upside down. */
export const drawings = {
  doubleTop: {
    direction: 'bearish',
    anchors: [20, 32, 44],
    waypoints: path('0:80 20:100 32:88 44:100 75:68'),
  },
  tripleTop: {
    direction: 'bearish',
    anchors: [20, 30, 40, 50, 60],
    waypoints: path('0:80 20:100 30:89 40:100 50:89 60:100 85:72'),
  },
  headAndShoulders: {
    direction: 'bearish',
    anchors: [20, 30, 42, 54, 64],
    waypoints: path('0:75 20:100 30:90 42:112 54:90 64:100 95:62'),
  },
  ascendingTriangle: {
    direction: 'bullish',
    anchors: [30, 48, 66, 76, 86],
    waypoints: path('0:40 30:100 48:82 66:100 76:90 86:100 91:95.5 115:125'),
  },
  symmetricalTriangle: {
    direction: 'bullish',
    anchors: [30, 50, 68, 82, 92],
    waypoints: path('0:45 30:110 50:84 68:106 82:91 92:102 97:97.5 115:125'),
  },
  risingWedge: {
    direction: 'bearish',
    anchors: [30, 44, 60, 72, 84],
    waypoints: path('0:60 30:100 44:86 60:106 72:97 84:111 115:75'),
  },
  rectangle: {
    direction: 'bearish',
    anchors: [25, 40, 55, 70, 85],
    waypoints: path('0:75 25:100 40:85 55:100 70:85 85:100 115:65'),
  },
  channelUp: {
    direction: 'bearish',
    anchors: [25, 40, 55, 70, 85],
    waypoints: path('0:80 25:100 40:88 55:106 70:94 85:112 120:75'),
  },
  broadeningTop: {
    direction: 'bearish',
    anchors: [20, 32, 46, 62, 82],
    waypoints: path('0:82 20:100 32:92 46:104 62:87 82:109 125:65'),
  },
  diamondTop: {
    direction: 'bearish',
    anchors: [20, 27, 40, 56, 72, 80],
    waypoints: path('0:70 20:100 27:93 40:108 56:84 72:103 80:95 85:99.5 110:65'),
  },
  bullFlag: {
    direction: 'bullish',
    anchors: [30, 40, 44, 48, 53],
    waypoints: path('0:100 30:97 40:118 44:113 48:116.5 53:110.5 63:140'),
  },
  bullPennant: {
    direction: 'bullish',
    anchors: [30, 40, 43, 46, 49],
    waypoints: path('0:100 30:97 40:118 43:110 46:115.5 49:112 52:113.8 62:140'),
  },
  cupWithHandle: {
    direction: 'bullish',
    anchors: [30, 60, 90],
    reach: bowlReach,
    waypoints: [...path('0:60'), ...bowl([30, 100], [60, 80]), ...path('98:94 120:130')],
  },
  rippledCup: {
    direction: 'bullish',
    anchors: [30, 60, 90],
    waypoints: path('0:60 30:100 40:86 44:91.5 60:80 68:87 72:82.5 90:100 98:94 120:130'),
  },
  roundingBottom: {
    direction: 'bullish',
    anchors: [10, 45],
    reach: bowlReach,
    waypoints: [...path('0:95'), ...bowl([10, 100], [45, 80]), ...path('105:125')],
  },
  vBottom: {
    direction: 'bullish',
    anchors: [30, 38],
    waypoints: path('0:98 30:100.5 38:80 46:101 60:104'),
  },
  volatilityContraction: {
    direction: 'bullish',
    anchors: [30, 45, 58, 68, 78, 84],
    waypoints: path('0:60 30:100 45:80 58:98 68:86 78:99 84:93 105:125'),
  },
  resistanceBreak: {
    direction: 'bullish',
    anchors: [20, 50, 75, 83],
    waypoints: path('0:80 20:100 35:85 50:100 62:90 75:100 83:93 110:125'),
  },
  uptrendLineBreak: {
    direction: 'bearish',
    anchors: [10, 35, 60, 75],
    waypoints: path('0:95 10:80 22:98 35:90 48:109 60:100 75:120 115:70'),
  },
} as const satisfies Record<string, Drawing>

/** Thirty candles that rest between 98.8 and 102.2. */
export const quiet: readonly Candle[] = Array.from({ length: 30 }, (_, i) =>
  i % 2 === 0 ? [100, 101.2, 98.8, 101] : [101, 102.2, 99.8, 100],
)
/** Twenty-five candles that run from 99.5 to 138. */
export const rise: readonly Candle[] = Array.from({ length: 25 }, (_, i) => [
  100 + 1.5 * i,
  102 + 1.5 * i,
  99.5 + 1.5 * i,
  101.5 + 1.5 * i,
])

/** Shapes of single candles, written out. */
export const candleShapes = {
  nr4: seriesOf([
    ...quiet,
    [100, 103, 98, 101],
    [101, 104, 99, 102],
    [102, 105, 100, 103],
    [103, 103.8, 102.6, 103.2],
    [103, 107, 103, 106.5],
  ]),
  insideBar: seriesOf([...quiet, [100, 106, 96, 99], [99, 103, 98, 102], [102, 108, 101, 107]]),
  commonGap: seriesOf([
    ...quiet,
    [100, 106, 99, 100],
    [100, 101, 94, 95],
    [95, 96, 94, 95.5],
    [97.5, 99, 97, 98.5],
    [98, 98.4, 95.6, 95.8],
  ]),
  breakawayGap: seriesOf([...quiet, [104, 106, 103.5, 105.5, 4000], [105, 108, 104.8, 107]]),
  runawayGap: seriesOf([...rise, [140, 142, 139.5, 141.5], [141, 144, 140.8, 143]]),
  exhaustionGap: seriesOf([
    ...rise,
    [140, 142, 139.5, 141.5],
    [141, 142.5, 139.8, 140],
    [139, 139.5, 134, 135],
    [135, 136, 120, 121],
  ]),
} as const satisfies Record<string, CandleSeries>

/** At least one for every formation. */
export const labelledShapes: readonly LabelledShape[] = [
  ...bothWays('double_top', 'double_bottom', drawings.doubleTop),
  ...bothWays('triple_top', 'triple_bottom', drawings.tripleTop),
  ...bothWays('head_and_shoulders', 'inverse_head_and_shoulders', drawings.headAndShoulders),
  ...bothWays('ascending_triangle', 'descending_triangle', drawings.ascendingTriangle),
  ...bothWays('symmetrical_triangle', 'symmetrical_triangle', drawings.symmetricalTriangle),
  ...bothWays('rising_wedge', 'falling_wedge', drawings.risingWedge),
  ...bothWays('rectangle', 'rectangle', drawings.rectangle),
  ...bothWays('channel_up', 'channel_down', drawings.channelUp),
  ...bothWays('broadening_top', 'broadening_bottom', drawings.broadeningTop),
  ...bothWays('diamond_top', 'diamond_bottom', drawings.diamondTop),
  ...bothWays('bull_flag', 'bear_flag', drawings.bullFlag),
  ...bothWays('bull_pennant', 'bear_pennant', drawings.bullPennant),
  ...bothWays('cup_with_handle', 'inverse_cup_with_handle', drawings.cupWithHandle),
  ...bothWays('cup_with_handle', 'inverse_cup_with_handle', drawings.rippledCup),
  ...bothWays('rounding_bottom', 'rounding_top', drawings.roundingBottom),
  ...bothWays('v_bottom', 'v_top', drawings.vBottom),
  drawn('volatility_contraction', drawings.volatilityContraction),
  ...bothWays('resistance_break', 'support_break', drawings.resistanceBreak),
  ...bothWays('uptrend_line_break', 'downtrend_line_break', drawings.uptrendLineBreak),
  ...written('nr4', candleShapes.nr4, 'bullish', [30, 33, 33]),
  ...written('nr7', candleShapes.nr4, 'bullish', [27, 33, 33]),
  ...written('inside_bar', candleShapes.insideBar, 'bullish', [30, 30, 31, 31]),
  ...written('common_gap', candleShapes.commonGap, 'bearish', [32, 33]),
  ...written('breakaway_gap', candleShapes.breakawayGap, 'bullish', [29, 30]),
  ...written('runaway_gap', candleShapes.runawayGap, 'bullish', [24, 25]),
  ...written('exhaustion_gap', candleShapes.exhaustionGap, 'bearish', [24, 25, 27]),
]

function drawn(pattern: FormationId, drawing: Drawing): LabelledShape {
  const series = (seed: number) => seriesThrough(drawing.waypoints, { seed })
  return { reach, ...drawing, pattern, series }
}

function bothWays(pattern: FormationId, inverse: FormationId, drawing: Drawing): LabelledShape[] {
  const first = drawn(pattern, drawing)
  const series = (seed: number) => upsideDown(first.series(seed))
  return [first, { ...first, pattern: inverse, direction: opposite(drawing.direction), series }]
}

function written(
  pattern: FormationId,
  series: CandleSeries,
  direction: 'bullish' | 'bearish',
  anchors: readonly number[],
): LabelledShape[] {
  const first: LabelledShape = { pattern, direction, anchors, reach: 0, series: () => series }
  return [first, { ...first, direction: opposite(direction), series: () => upsideDown(series) }]
}

function opposite(direction: 'bullish' | 'bearish'): 'bullish' | 'bearish' {
  return direction === 'bullish' ? 'bearish' : 'bullish'
}
