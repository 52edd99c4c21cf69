import type { CandlestickPattern } from '../candlestick-pattern.ts'
import { bottom, high, low, nearDistance, top } from '../read-candles.ts'
import { morris, nison } from '../sources.ts'
import {
  dojiBody,
  longLower,
  longUpper,
  tinyLower,
  tinyUpper,
  veryLongLower,
  visibleLower,
  visibleUpper,
} from '../traits.ts'

// Single candles that close about where they opened. All values are +100; what they foretell depends on the trend before.

export const doji: CandlestickPattern = {
  id: 'CDLDOJI',
  name: 'Doji',
  bars: 1,
  direction: 'none',
  description: 'Open and close are about equal: neither side won the day.',
  source: nison,
  lookBack: 10,
  forms: [{ value: 100, shape: [[dojiBody]] }],
}

export const longLeggedDoji: CandlestickPattern = {
  id: 'CDLLONGLEGGEDDOJI',
  name: 'Long-legged doji',
  bars: 1,
  direction: 'none',
  description: 'A doji with at least one shadow longer than its body.',
  source: nison,
  lookBack: 10,
  forms: [
    { value: 100, shape: [[dojiBody, longLower]] },
    { value: 100, shape: [[dojiBody, longUpper]] },
  ],
}

export const rickshawMan: CandlestickPattern = {
  id: 'CDLRICKSHAWMAN',
  name: 'Rickshaw man',
  bars: 1,
  direction: 'none',
  description: 'A doji with two long shadows and its body near the middle of the range.',
  source: nison,
  lookBack: 10,
  forms: [
    {
      value: 100,
      shape: [[dojiBody, longLower, longUpper]],
      when: (c, i) => {
        const middle = low(c, i) + (high(c, i) - low(c, i)) / 2
        const near = nearDistance(c.fiveRangesFrom10, i)
        return bottom(c, i) <= middle + near && top(c, i) >= middle - near
      },
    },
  ],
}

export const dragonflyDoji: CandlestickPattern = {
  id: 'CDLDRAGONFLYDOJI',
  name: 'Dragonfly doji',
  bars: 1,
  direction: 'none',
  description: 'A doji at the top of its range: hardly an upper shadow, a visible lower one.',
  source: nison,
  lookBack: 10,
  forms: [{ value: 100, shape: [[dojiBody, tinyUpper, visibleLower]] }],
}

export const gravestoneDoji: CandlestickPattern = {
  id: 'CDLGRAVESTONEDOJI',
  name: 'Gravestone doji',
  bars: 1,
  direction: 'none',
  description: 'A doji at the bottom of its range: hardly a lower shadow, a visible upper one.',
  source: nison,
  lookBack: 10,
  forms: [{ value: 100, shape: [[dojiBody, tinyLower, visibleUpper]] }],
}

export const takuri: CandlestickPattern = {
  id: 'CDLTAKURI',
  name: 'Takuri',
  bars: 1,
  direction: 'none',
  description: 'A dragonfly doji whose lower shadow is more than twice its body.',
  source: morris,
  lookBack: 10,
  forms: [{ value: 100, shape: [[dojiBody, tinyUpper, veryLongLower]] }],
}
