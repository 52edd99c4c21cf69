import type { CandlestickPattern } from '../candlestick-pattern.ts'
import { close, equalDistance, high, isWithin, open } from '../read-candles.ts'
import { morris, nison } from '../sources.ts'
import {
  black,
  bodyGapsUp,
  closesLower,
  longBody,
  notLongBody,
  opensAboveClose,
  opensHigher,
  opensLower,
  tinyLower,
  white,
} from '../traits.ts'

// Black candles in a row, after a rise.

export const twoCrows: CandlestickPattern = {
  id: 'CDL2CROWS',
  name: 'Two crows',
  bars: 3,
  direction: 'bearish',
  description:
    'A long white body, a black one that gaps up from it, then a black one that opens within the second and closes within the first.',
  source: morris,
  lookBack: 12,
  forms: [
    {
      value: -100,
      shape: [
        [white, longBody],
        [black, bodyGapsUp],
        [black, opensLower, opensAboveClose],
      ],
      when: (c, i) => close(c, i) > open(c, i - 2) && close(c, i) < close(c, i - 2),
    },
  ],
}

export const upsideGapTwoCrows: CandlestickPattern = {
  id: 'CDLUPSIDEGAP2CROWS',
  name: 'Upside gap two crows',
  bars: 3,
  direction: 'bearish',
  description:
    'A long white body, a black one, not long, that gaps up from it, then a black one that covers the second and stays above the first close.',
  source: nison,
  lookBack: 12,
  forms: [
    {
      value: -100,
      shape: [
        [white, longBody],
        [black, notLongBody, bodyGapsUp],
        [black, opensHigher, closesLower],
      ],
      when: (c, i) => close(c, i) > close(c, i - 2),
    },
  ],
}

const crow = [black, tinyLower, opensLower, opensAboveClose, closesLower]

export const threeBlackCrows: CandlestickPattern = {
  id: 'CDL3BLACKCROWS',
  name: 'Three black crows',
  bars: 3,
  direction: 'bearish',
  description:
    'After a white candle, three black ones closing lower each time and hardly above their lows, each opening within the body before; the first closes below the high of the white one.',
  source: nison,
  lookBack: 13,
  forms: [
    {
      value: -100,
      shape: [[white], [black, tinyLower], crow, crow],
      when: (c, i) => high(c, i - 3) > close(c, i - 2),
    },
  ],
}

export const identicalThreeCrows: CandlestickPattern = {
  id: 'CDLIDENTICAL3CROWS',
  name: 'Identical three crows',
  bars: 3,
  direction: 'bearish',
  description:
    'Three black candles closing lower each time and hardly above their lows, each opening about at the close before.',
  source: morris,
  lookBack: 12,
  forms: [
    {
      value: -100,
      shape: [
        [black, tinyLower],
        [black, tinyLower, closesLower],
        [black, tinyLower, closesLower],
      ],
      when: (c, i) =>
        isWithin(open(c, i - 1), close(c, i - 2), equalDistance(c.fiveRangesFrom10, i - 2)) &&
        isWithin(open(c, i), close(c, i - 1), equalDistance(c.fiveRangesFrom11, i - 1)),
    },
  ],
}
