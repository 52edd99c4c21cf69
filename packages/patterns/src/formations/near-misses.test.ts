import { describe, expect, it } from 'vitest'
import { findFormations } from './find-formations.ts'
import type { FormationId } from './formation.ts'
import { candleShapes, drawings, quiet, rise } from './testing/labelled-shapes.ts'
import { bowl, type Candle, path, seriesOf, seriesThrough, upsideDown, type Waypoint } from './testing/shape-series.ts'

/** Shapes that lack one thing; their prices are invented. The first name is for the shape as drawn, the second upside down. */
const drawn: readonly [FormationId, FormationId | null, lacks: string, readonly Waypoint[]][] = [
  ['double_top', 'double_bottom', 'one level', path('0:80 20:100 32:88 44:95 75:68')],
  ['double_top', 'double_bottom', 'distance between the extremes', path('0:80 20:100 24:92 28:100 60:68')],
  ['double_top', 'double_bottom', 'a rise before it', path('0:118 10:94 20:100 32:88 44:100 75:68')],
  ['triple_top', 'triple_bottom', 'one level', path('0:80 20:100 30:89 40:100 50:89 60:96 85:72')],
  ['triple_top', 'triple_bottom', 'level valleys', path('0:70 20:100 30:93 40:100 50:80 60:100 85:72')],
  ['head_and_shoulders', 'inverse_head_and_shoulders', 'a head', path('0:75 20:100 30:90 42:101 54:90 64:100 95:62')],
  [
    'head_and_shoulders',
    'inverse_head_and_shoulders',
    'even shoulders',
    path('0:75 20:100 30:90 42:112 54:90 64:108 95:62'),
  ],
  [
    'head_and_shoulders',
    'inverse_head_and_shoulders',
    'symmetry',
    path('0:75 20:100 26:90 36:112 56:90 80:100 110:62'),
  ],
  ['ascending_triangle', 'descending_triangle', 'rising lows', drawings.rectangle.waypoints],
  ['ascending_triangle', 'descending_triangle', 'level highs', drawings.risingWedge.waypoints],
  ['symmetrical_triangle', 'symmetrical_triangle', 'lines that come together', drawings.rectangle.waypoints],
  ['symmetrical_triangle', 'symmetrical_triangle', 'a falling line', drawings.risingWedge.waypoints],
  ['rising_wedge', 'falling_wedge', 'lines that come together', drawings.channelUp.waypoints],
  ['rectangle', 'rectangle', 'parallel lines', drawings.ascendingTriangle.waypoints],
  ['rectangle', 'rectangle', 'level lines', drawings.channelUp.waypoints],
  ['channel_up', 'channel_down', 'parallel lines', drawings.risingWedge.waypoints],
  ['channel_up', 'channel_down', 'rising lines', drawings.rectangle.waypoints],
  ['broadening_top', 'broadening_bottom', 'lines that part', drawings.symmetricalTriangle.waypoints],
  ['broadening_top', 'broadening_bottom', 'falling lows', path('0:82 20:100 32:92 46:104 62:93 82:109 125:65')],
  ['diamond_top', 'diamond_bottom', 'a widening part', drawings.symmetricalTriangle.waypoints],
  [
    'diamond_top',
    'diamond_bottom',
    'a rise into it',
    path('0:120 12:86 20:100 27:93 40:108 56:84 72:103 80:95 85:99.5 110:65'),
  ],
  ['bull_flag', 'bear_flag', 'parallel lines', drawings.bullPennant.waypoints],
  [
    'bull_flag',
    'bear_flag',
    'hold: it gives back more than half',
    path('0:100 30:97 40:118 44:106 48:111 53:103 63:140'),
  ],
  ['bull_flag', 'bear_flag', 'a steep pole', path('0:100 30:97 60:118 64:113 68:116.5 73:110.5 83:140')],
  ['bull_pennant', 'bear_pennant', 'lines that come together', drawings.bullFlag.waypoints],
  ['cup_with_handle', 'inverse_cup_with_handle', 'a round floor', path('0:60 30:100 60:80 90:100 98:94 120:130')],
  [
    'cup_with_handle',
    'inverse_cup_with_handle',
    'length',
    [...path('0:60 30:100'), ...bowl([31, 99], [42, 80]), ...path('58:94 80:130')],
  ],
  [
    'cup_with_handle',
    'inverse_cup_with_handle',
    'even rims',
    [...path('0:60'), ...bowl([30, 100], [60, 80]).slice(0, 51), ...path('88:86 110:130')],
  ],
  ['rounding_bottom', 'rounding_top', 'a round floor', path('0:95 10:100 45:80 80:100 105:125')],
  ['rounding_bottom', 'rounding_top', 'length', [...path('0:95'), ...bowl([10, 100], [22, 80]), ...path('60:125')]],
  ['v_bottom', 'v_top', 'a steep fall', path('0:98 30:100.5 90:80 98:101 110:104')],
  ['volatility_contraction', null, 'smaller pullbacks', path('0:60 30:100 45:84 58:99 70:86 82:100 94:88 115:125')],
  [
    'volatility_contraction',
    null,
    'a rise before it',
    path('0:105 20:86 30:100 45:80 58:98 68:86 78:99 84:93 105:125'),
  ],
  ['resistance_break', 'support_break', 'a third touch', path('0:80 20:100 35:85 50:100 62:90 75:96 83:91 110:125')],
  [
    'resistance_break',
    'support_break',
    'a level that held',
    path('0:80 20:100 35:85 50:105 62:90 75:100 83:93 110:125'),
  ],
  [
    'uptrend_line_break',
    'downtrend_line_break',
    'a third touch',
    path('0:95 10:80 22:98 35:90 48:109 60:92 75:120 115:70'),
  ],
  ['uptrend_line_break', 'downtrend_line_break', 'a slope', path('0:95 10:80 22:98 35:80.5 48:99 60:81 75:100 115:40')],
]

/** Shapes of single candles that lack one thing, and are looked at the other way up, too. */
const written: readonly [FormationId, lacks: string, readonly Candle[]][] = [
  ['nr4', 'a range narrower than each of the three before', [...fourCandles(2), [103, 104, 102, 103.2]]],
  [
    'nr7',
    'a range narrower than each of the six before',
    [[100, 101, 100.5, 101], ...fiveCandles(), [103, 103.8, 103, 103.2]],
  ],
  [
    'inside_bar',
    'a lower high',
    [
      [100, 106, 96, 99],
      [99, 106, 98, 102],
    ],
  ],
  ['common_gap', 'a candle within the range before', [...quiet, [103, 104, 102.8, 103.5]]],
  [
    'common_gap',
    'size',
    [...quiet, [100, 106, 99, 100], [100, 101, 94, 95], [95, 96, 94, 95.5], [96.2, 99, 96.1, 98.5]],
  ],
  ['breakaway_gap', 'a rest before it', [...rise, [140, 142, 139.5, 141.5], [141, 144, 140.8, 143]]],
  ['breakaway_gap', 'size', [...quiet, [102.4, 106, 102.3, 105.5]]],
  ['runaway_gap', 'a run before it', [...quiet, [104, 106, 103.5, 105.5]]],
  ['exhaustion_gap', 'a filling close', [...rise, [140, 142, 139.5, 141.5], [141, 142.5, 139.8, 140]]],
  ['exhaustion_gap', 'a filling close in time', [...rise, ...waitingAfterGap(), [139, 139.5, 134, 135]]],
]

describe('findFormations', () => {
  it.each(drawn)('finds no %s and no %s in a shape that lacks %s', (pattern, inverse, _, waypoints) => {
    for (const seed of [1, 2, 3]) {
      const series = seriesThrough(waypoints, { seed })
      expect(findFormations(series, { patterns: [pattern] })).toEqual([])
      if (inverse) expect(findFormations(upsideDown(series), { patterns: [inverse] })).toEqual([])
    }
  })

  it.each(written)('finds no %s without %s', (pattern, _, candles) => {
    const series = seriesOf(candles)
    expect(findFormations(series, { patterns: [pattern] })).toEqual([])
    expect(findFormations(upsideDown(series), { patterns: [pattern] })).toEqual([])
  })

  it('takes a gap for exhausted only once', () => {
    expect(findFormations(candleShapes.exhaustionGap, { patterns: ['exhaustion_gap'] })).toHaveLength(1)
  })
})

function fourCandles(range: number): Candle[] {
  return Array.from({ length: 4 }, (_, i) => [100 + i, 100 + i + range, 100 + i, 101 + i])
}

function fiveCandles(): Candle[] {
  return Array.from({ length: 5 }, (_, i) => [100 + i / 2, 102 + i / 2, 100 + i / 2, 101 + i / 2])
}

function waitingAfterGap(): Candle[] {
  return Array.from({ length: 6 }, () => [140, 142, 139.5, 141])
}
