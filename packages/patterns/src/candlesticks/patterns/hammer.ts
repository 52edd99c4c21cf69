import type { CandlestickPattern } from '../candlestick-pattern.ts'
import { bottom, high, low, nearDistance } from '../read-candles.ts'
import { nison } from '../sources.ts'
import { bodyGapsDown, bodyGapsUp, longLower, longUpper, shortBody, tinyLower, tinyUpper } from '../traits.ts'

// A short body at one end of the range and a long shadow at the other. What it means follows from where it stands.

export const hammer: CandlestickPattern = {
  id: 'CDLHAMMER',
  name: 'Hammer',
  bars: 1,
  direction: 'bullish',
  description:
    'A short body above a long lower shadow, with hardly an upper one, at or below the low of the candle before.',
  source: nison,
  lookBack: 11,
  forms: [
    {
      value: 100,
      shape: [[shortBody, longLower, tinyUpper]],
      when: (c, i) => bottom(c, i) <= low(c, i - 1) + nearDistance(c.fiveRangesFrom10, i - 1),
    },
  ],
}

export const hangingMan: CandlestickPattern = {
  id: 'CDLHANGINGMAN',
  name: 'Hanging man',
  bars: 1,
  direction: 'bearish',
  description:
    'A short body above a long lower shadow, with hardly an upper one, at or above the high of the candle before.',
  source: nison,
  lookBack: 11,
  forms: [
    {
      value: -100,
      shape: [[shortBody, longLower, tinyUpper]],
      when: (c, i) => bottom(c, i) >= high(c, i - 1) - nearDistance(c.fiveRangesFrom10, i - 1),
    },
  ],
}

export const invertedHammer: CandlestickPattern = {
  id: 'CDLINVERTEDHAMMER',
  name: 'Inverted hammer',
  bars: 1,
  direction: 'bullish',
  description: 'A short body below a long upper shadow, with hardly a lower one, gapping down from the body before.',
  source: nison,
  lookBack: 11,
  forms: [{ value: 100, shape: [[shortBody, longUpper, tinyLower, bodyGapsDown]] }],
}

export const shootingStar: CandlestickPattern = {
  id: 'CDLSHOOTINGSTAR',
  name: 'Shooting star',
  bars: 1,
  direction: 'bearish',
  description: 'A short body below a long upper shadow, with hardly a lower one, gapping up from the body before.',
  source: nison,
  lookBack: 11,
  forms: [{ value: -100, shape: [[shortBody, longUpper, tinyLower, bodyGapsUp]] }],
}
