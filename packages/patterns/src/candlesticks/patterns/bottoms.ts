import type { CandlestickPattern } from '../candlestick-pattern.ts'
import { body, close, high, low, open } from '../read-candles.ts'
import { morris, nison } from '../sources.ts'
import {
  black,
  bodyGapsDown,
  closesHigher,
  closesLower,
  higherHigh,
  higherLow,
  longBody,
  longLower,
  lowerHigh,
  lowerLow,
  opensAboveClose,
  opensHigher,
  opensLower,
  shortBody,
  tinyLower,
  tinyUpper,
  visibleLower,
  visibleUpper,
  white,
} from '../traits.ts'

// Falls that run out of strength.

export const threeStarsInSouth: CandlestickPattern = {
  id: 'CDL3STARSINSOUTH',
  name: 'Three stars in the south',
  bars: 3,
  direction: 'bullish',
  description:
    'Three black candles, smaller each time: a long one with a long lower shadow; one that opens above the first close, trades below it but not below its low, with a lower shadow; a short one with hardly a shadow within the range of the second.',
  source: morris,
  lookBack: 12,
  forms: [
    {
      value: 100,
      shape: [
        [black, longBody, longLower],
        [black, visibleLower, opensAboveClose],
        [black, shortBody, tinyUpper, tinyLower, higherLow, lowerHigh],
      ],
      when: (c, i) =>
        body(c, i - 1) < body(c, i - 2) &&
        open(c, i - 1) <= high(c, i - 2) &&
        low(c, i - 1) < close(c, i - 2) &&
        low(c, i - 1) >= low(c, i - 2),
    },
  ],
}

export const concealingBabySwallow: CandlestickPattern = {
  id: 'CDLCONCEALBABYSWALL',
  name: 'Concealing baby swallow',
  bars: 4,
  direction: 'bullish',
  description:
    'Two black candles with hardly a shadow, a third that gaps down but whose upper shadow reaches into the second body, and a fourth that covers the whole range of the third.',
  source: morris,
  lookBack: 13,
  forms: [
    {
      value: 100,
      shape: [
        [black, tinyUpper, tinyLower],
        [black, tinyUpper, tinyLower],
        [black, bodyGapsDown, visibleUpper],
        [black, higherHigh, lowerLow],
      ],
      when: (c, i) => high(c, i - 1) > close(c, i - 2),
    },
  ],
}

export const ladderBottom: CandlestickPattern = {
  id: 'CDLLADDERBOTTOM',
  name: 'Ladder bottom',
  bars: 5,
  direction: 'bullish',
  description:
    'Three black candles with falling opens and closes, a fourth black one with an upper shadow, then a white one that opens above its open and closes above its high.',
  source: morris,
  lookBack: 14,
  forms: [
    {
      value: 100,
      shape: [
        [black],
        [black, opensLower, closesLower],
        [black, opensLower, closesLower],
        [black, visibleUpper],
        [white, opensHigher],
      ],
      when: (c, i) => close(c, i) > high(c, i - 1),
    },
  ],
}

export const uniqueThreeRiver: CandlestickPattern = {
  id: 'CDLUNIQUE3RIVER',
  name: 'Unique three river bottom',
  bars: 3,
  direction: 'bullish',
  description:
    'A long black body, a black one within it whose shadow makes a new low, then a short white one that opens above that low.',
  source: nison,
  lookBack: 12,
  forms: [
    {
      value: 100,
      shape: [
        [black, longBody],
        [black, closesHigher, lowerLow],
        [white, shortBody],
      ],
      when: (c, i) => open(c, i - 1) <= open(c, i - 2) && open(c, i) > low(c, i - 1),
    },
  ],
}
