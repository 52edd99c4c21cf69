import type { CandlestickPattern } from '../candlestick-pattern.ts'
import type { Candles } from '../measure-candles.ts'
import { body, bottom, close, equalDistance, isWithin, nearDistance, open, top } from '../read-candles.ts'
import { morris, nison } from '../sources.ts'
import {
  black,
  bodyGapsDown,
  bodyGapsUp,
  opensAboveClose,
  opensBelowClose,
  opensHigher,
  opensLower,
  white,
} from '../traits.ts'

// A gap between two bodies and how the third candle treats it.

export const tasukiGap: CandlestickPattern = {
  id: 'CDLTASUKIGAP',
  name: 'Tasuki gap',
  bars: 3,
  direction: 'both',
  description:
    'A body that gaps in its own direction, then one of about the same length and of the other colour that opens within it and closes inside the gap.',
  source: nison,
  lookBack: 7,
  forms: [
    {
      value: 100,
      shape: [[], [white, bodyGapsUp], [black, opensHigher, opensBelowClose]],
      when: (c, i) => close(c, i) < open(c, i - 1) && close(c, i) > top(c, i - 2) && areBodiesAlike(c, i),
    },
    {
      value: -100,
      shape: [[], [black, bodyGapsDown], [white, opensLower, opensAboveClose]],
      when: (c, i) => close(c, i) > open(c, i - 1) && close(c, i) < bottom(c, i - 2) && areBodiesAlike(c, i),
    },
  ],
}

export const gapSideSideWhite: CandlestickPattern = {
  id: 'CDLGAPSIDESIDEWHITE',
  name: 'Side-by-side white lines after a gap',
  bars: 3,
  direction: 'both',
  description:
    'Two white candles of about the same open and about the same length, both gapping up, or both gapping down, from the candle before them.',
  source: nison,
  lookBack: 7,
  forms: [
    {
      value: 100,
      shape: [[], [white, bodyGapsUp], [white]],
      when: (c, i) => bottom(c, i) > top(c, i - 2) && areSideBySide(c, i),
    },
    {
      value: -100,
      shape: [[], [white, bodyGapsDown], [white]],
      when: (c, i) => top(c, i) < bottom(c, i - 2) && areSideBySide(c, i),
    },
  ],
}

export const sideGapThreeMethods: CandlestickPattern = {
  id: 'CDLXSIDEGAP3METHODS',
  name: 'Upside or downside gap three methods',
  bars: 3,
  direction: 'both',
  description:
    'Two candles of one colour with a gap between their bodies in its direction, then one of the other colour that opens within the second body and closes within the first.',
  source: morris,
  lookBack: 2,
  forms: [
    {
      value: 100,
      shape: [[white], [white, bodyGapsUp], [black, opensHigher, opensBelowClose]],
      when: closesWithinFirst,
    },
    {
      value: -100,
      shape: [[black], [black, bodyGapsDown], [white, opensLower, opensAboveClose]],
      when: closesWithinFirst,
    },
  ],
}

function areBodiesAlike(c: Candles, i: number): boolean {
  return Math.abs(body(c, i - 1) - body(c, i)) < nearDistance(c.fiveRangesFrom6, i - 1)
}

function areSideBySide(c: Candles, i: number): boolean {
  return (
    isWithin(body(c, i), body(c, i - 1), nearDistance(c.fiveRangesFrom6, i - 1)) &&
    isWithin(open(c, i), open(c, i - 1), equalDistance(c.fiveRangesFrom6, i - 1))
  )
}

function closesWithinFirst(c: Candles, i: number): boolean {
  return close(c, i) < top(c, i - 2) && close(c, i) > bottom(c, i - 2)
}
