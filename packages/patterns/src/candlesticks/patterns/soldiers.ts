import type { CandlestickPattern } from '../candlestick-pattern.ts'
import type { Candles } from '../measure-candles.ts'
import { body, close, farDistance, nearDistance, open } from '../read-candles.ts'
import { nison } from '../sources.ts'
import {
  closesHigher,
  longBody,
  longUpper,
  opensHigher,
  shortBody,
  shortUpper,
  sizeableUpper,
  tinyUpper,
  white,
} from '../traits.ts'

// Three white candles closing higher each time: strong, or losing strength in one of several ways.

const first = [white, longBody]
const next = [white, closesHigher, opensHigher]

export const threeWhiteSoldiers: CandlestickPattern = {
  id: 'CDL3WHITESOLDIERS',
  name: 'Three advancing white soldiers',
  bars: 3,
  direction: 'bullish',
  description:
    'Three white candles closing higher each time and hardly below their highs, each opening within or near the body before; none is far shorter than the one before, and the last is not short.',
  source: nison,
  lookBack: 12,
  forms: [
    {
      value: 100,
      shape: [
        [white, tinyUpper],
        [...next, tinyUpper],
        [...next, tinyUpper, longBody],
      ],
      when: (c, i) =>
        bothOpenNear(c, i) &&
        body(c, i - 1) > body(c, i - 2) - farDistance(c.fiveRangesFrom10, i - 2) &&
        body(c, i) > body(c, i - 1) - farDistance(c.fiveRangesFrom11, i - 1),
    },
  ],
}

export const advanceBlock: CandlestickPattern = {
  id: 'CDLADVANCEBLOCK',
  name: 'Advance block',
  bars: 3,
  direction: 'bearish',
  description:
    'Three white candles closing higher each time, the first long with a short upper shadow, each opening within or near the body before, whose advance weakens: a body far shorter than the one before, or shrinking bodies with growing upper shadows.',
  source: nison,
  lookBack: 12,
  forms: [
    {
      value: -100,
      shape: [[...first, shortUpper], next, next],
      when: (c, i) => bothOpenNear(c, i) && (isSecondFarShorter(c, i) || isThirdFarShorter(c, i)),
    },
    {
      value: -100,
      shape: [[...first, shortUpper], next, [...next, sizeableUpper]],
      when: (c, i) => bothOpenNear(c, i) && areBodiesShrinking(c, i),
    },
    {
      value: -100,
      shape: [[...first, shortUpper], [...next, sizeableUpper], next],
      when: (c, i) => bothOpenNear(c, i) && areBodiesShrinking(c, i),
    },
    {
      value: -100,
      shape: [[...first, shortUpper], next, [...next, longUpper]],
      when: (c, i) => bothOpenNear(c, i) && body(c, i) < body(c, i - 1),
    },
  ],
}

export const stalledPattern: CandlestickPattern = {
  id: 'CDLSTALLEDPATTERN',
  name: 'Stalled pattern (deliberation)',
  bars: 3,
  direction: 'bearish',
  description:
    'Two long white bodies, the second with hardly an upper shadow and opening within or near the first, then a short white one that rides on its shoulder. Each closes higher.',
  source: nison,
  lookBack: 12,
  forms: [
    {
      value: -100,
      shape: [first, [...next, longBody, tinyUpper], [white, shortBody, closesHigher]],
      when: (c, i) =>
        opensNearFirst(c, i) && open(c, i) >= close(c, i - 1) - body(c, i) - nearDistance(c.fiveRangesFrom11, i - 1),
    },
  ],
}

function bothOpenNear(c: Candles, i: number): boolean {
  return opensNearFirst(c, i) && open(c, i) <= close(c, i - 1) + nearDistance(c.fiveRangesFrom11, i - 1)
}

function opensNearFirst(c: Candles, i: number): boolean {
  return open(c, i - 1) <= close(c, i - 2) + nearDistance(c.fiveRangesFrom10, i - 2)
}

/** The second body is far shorter than the first, and the third does not make up for it. */
function isSecondFarShorter(c: Candles, i: number): boolean {
  return (
    body(c, i - 1) < body(c, i - 2) - farDistance(c.fiveRangesFrom10, i - 2) &&
    body(c, i) < body(c, i - 1) + nearDistance(c.fiveRangesFrom11, i - 1)
  )
}

function isThirdFarShorter(c: Candles, i: number): boolean {
  return body(c, i) < body(c, i - 1) - farDistance(c.fiveRangesFrom11, i - 1)
}

function areBodiesShrinking(c: Candles, i: number): boolean {
  return body(c, i) < body(c, i - 1) && body(c, i - 1) < body(c, i - 2)
}
