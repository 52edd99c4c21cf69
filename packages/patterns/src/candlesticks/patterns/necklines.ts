import type { CandlestickPattern } from '../candlestick-pattern.ts'
import { body, close, equalDistance, isWithin, low } from '../read-candles.ts'
import { nison } from '../sources.ts'
import { black, longBody, opensBelowLow, white } from '../traits.ts'

// A long black body, then a white one that opens below its low and does not get far back: the fall goes on.

const shape = [
  [black, longBody],
  [white, opensBelowLow],
]

export const onNeck: CandlestickPattern = {
  id: 'CDLONNECK',
  name: 'On-neck line',
  bars: 2,
  direction: 'bearish',
  description: 'A long black body, then a white one that opens below its low and closes about at that low.',
  source: nison,
  lookBack: 11,
  forms: [
    {
      value: -100,
      shape,
      when: (c, i) => isWithin(close(c, i), low(c, i - 1), equalDistance(c.fiveRangesFrom10, i - 1)),
    },
  ],
}

export const inNeck: CandlestickPattern = {
  id: 'CDLINNECK',
  name: 'In-neck line',
  bars: 2,
  direction: 'bearish',
  description: 'A long black body, then a white one that opens below its low and closes at or barely above its close.',
  source: nison,
  lookBack: 11,
  forms: [
    {
      value: -100,
      shape,
      when: (c, i) =>
        close(c, i) >= close(c, i - 1) && close(c, i) <= close(c, i - 1) + equalDistance(c.fiveRangesFrom10, i - 1),
    },
  ],
}

export const thrusting: CandlestickPattern = {
  id: 'CDLTHRUSTING',
  name: 'Thrusting line',
  bars: 2,
  direction: 'bearish',
  description:
    'A long black body, then a white one that opens below its low and closes within it, at most half-way up.',
  source: nison,
  lookBack: 11,
  forms: [
    {
      value: -100,
      shape,
      when: (c, i) =>
        close(c, i) > close(c, i - 1) + equalDistance(c.fiveRangesFrom10, i - 1) &&
        close(c, i) <= close(c, i - 1) + body(c, i - 1) * 0.5,
    },
  ],
}
