import type { CandlestickPattern } from '../candlestick-pattern.ts'
import type { Candles } from '../measure-candles.ts'
import { body, bottom, close, high, low, nearDistance, open, top } from '../read-candles.ts'
import { morris, nison } from '../sources.ts'
import {
  black,
  bodyGapsUp,
  closesHigher,
  closesLower,
  longBody,
  opensAboveClose,
  opensBelowClose,
  shortBody,
  white,
} from '../traits.ts'

// A strong candle, a rest of three, and a last one that goes on (or, in the line strike, wipes them out).

export const riseFallThreeMethods: CandlestickPattern = {
  id: 'CDLRISEFALL3METHODS',
  name: 'Rising or falling three methods',
  bars: 5,
  direction: 'both',
  description:
    'A long body, three short ones of the other colour that drift against it within its range, then a long one of the first colour that opens beyond the fourth close and closes beyond the first.',
  source: nison,
  lookBack: 14,
  forms: [
    {
      value: 100,
      shape: [
        [white, longBody],
        [black, shortBody],
        [black, shortBody, closesLower],
        [black, shortBody, closesLower],
        [white, longBody, opensAboveClose],
      ],
      when: (c, i) => close(c, i) > close(c, i - 4) && isRestWithinRange(c, i),
    },
    {
      value: -100,
      shape: [
        [black, longBody],
        [white, shortBody],
        [white, shortBody, closesHigher],
        [white, shortBody, closesHigher],
        [black, longBody, opensBelowClose],
      ],
      when: (c, i) => close(c, i) < close(c, i - 4) && isRestWithinRange(c, i),
    },
  ],
}

export const matHold: CandlestickPattern = {
  id: 'CDLMATHOLD',
  name: 'Mat hold',
  bars: 5,
  direction: 'bullish',
  description:
    'A long white body, three short ones, the first of them black and gapping up, that sink back into it but not below the penetration (half its length), then a white one that closes above their highs.',
  source: morris,
  lookBack: 14,
  penetration: 0.5,
  forms: [
    {
      value: 100,
      shape: [[white, longBody], [black, shortBody, bodyGapsUp], [shortBody], [shortBody], [white, opensAboveClose]],
      when: (c, i, penetration) =>
        close(c, i) > Math.max(high(c, i - 3), high(c, i - 2), high(c, i - 1)) &&
        isHeld(c, i, close(c, i - 4) - body(c, i - 4) * penetration),
    },
  ],
}

export const threeLineStrike: CandlestickPattern = {
  id: 'CDL3LINESTRIKE',
  name: 'Three-line strike',
  bars: 4,
  direction: 'both',
  description:
    'Three candles of one colour, each closing further and opening within or near the body before, then one of the other colour that opens beyond the third close and closes beyond the first open.',
  source: morris,
  lookBack: 8,
  forms: [
    {
      value: 100,
      shape: [[white], [white, closesHigher], [white, closesHigher], [black, opensAboveClose]],
      when: (c, i) => close(c, i) < open(c, i - 3) && bothOpenNearBody(c, i),
    },
    {
      value: -100,
      shape: [[black], [black, closesLower], [black, closesLower], [white, opensBelowClose]],
      when: (c, i) => close(c, i) > open(c, i - 3) && bothOpenNearBody(c, i),
    },
  ],
}

/** The bodies of the three resting candles overlap the range of the first one. */
function isRestWithinRange(c: Candles, i: number): boolean {
  for (let k = i - 3; k < i; k++) if (!(bottom(c, k) < high(c, i - 4) && top(c, k) > low(c, i - 4))) return false
  return true
}

/** The third and fourth body reach into the first one but not to `limit`, and their tops fall. */
function isHeld(c: Candles, i: number, limit: number): boolean {
  const firstClose = close(c, i - 4)
  return (
    bottom(c, i - 2) < firstClose &&
    bottom(c, i - 1) < firstClose &&
    bottom(c, i - 2) > limit &&
    bottom(c, i - 1) > limit &&
    top(c, i - 2) < open(c, i - 3) &&
    top(c, i - 1) < top(c, i - 2)
  )
}

function bothOpenNearBody(c: Candles, i: number): boolean {
  return (
    opensNearBody(c, i - 2, nearDistance(c.fiveRangesFrom5, i - 3)) &&
    opensNearBody(c, i - 1, nearDistance(c.fiveRangesFrom6, i - 2))
  )
}

function opensNearBody(c: Candles, i: number, near: number): boolean {
  return open(c, i) >= bottom(c, i - 1) - near && open(c, i) <= top(c, i - 1) + near
}
