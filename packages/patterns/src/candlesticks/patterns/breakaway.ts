import type { CandlestickPattern } from '../candlestick-pattern.ts'
import { close, open } from '../read-candles.ts'
import { morris } from '../sources.ts'
import {
  black,
  bodyGapsDown,
  bodyGapsUp,
  higherHigh,
  higherLow,
  longBody,
  lowerHigh,
  lowerLow,
  white,
} from '../traits.ts'

export const breakaway: CandlestickPattern = {
  id: 'CDLBREAKAWAY',
  name: 'Breakaway',
  bars: 5,
  direction: 'both',
  description:
    'A long body, one of its colour that gaps away, two more that go on in that direction (the first of them of any colour), then one of the other colour that closes inside the gap.',
  source: morris,
  lookBack: 14,
  forms: [
    {
      value: 100,
      shape: [[black, longBody], [black, bodyGapsDown], [lowerHigh, lowerLow], [black, lowerHigh, lowerLow], [white]],
      when: (c, i) => close(c, i) > open(c, i - 3) && close(c, i) < close(c, i - 4),
    },
    {
      value: -100,
      shape: [[white, longBody], [white, bodyGapsUp], [higherHigh, higherLow], [white, higherHigh, higherLow], [black]],
      when: (c, i) => close(c, i) < open(c, i - 3) && close(c, i) > close(c, i - 4),
    },
  ],
}
