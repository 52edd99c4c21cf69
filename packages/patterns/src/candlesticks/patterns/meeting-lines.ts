import type { CandlestickPattern } from '../candlestick-pattern.ts'
import type { Candles } from '../measure-candles.ts'
import { close, equalDistance, isWithin, low, open } from '../read-candles.ts'
import { morris, nison } from '../sources.ts'
import { black, longBody, tinyLower, tinyUpper, white } from '../traits.ts'

// Two candles that meet at one price.

export const counterattack: CandlestickPattern = {
  id: 'CDLCOUNTERATTACK',
  name: 'Counterattack',
  bars: 2,
  direction: 'both',
  description: 'Two long bodies of opposite colour with about the same close. The second one leads.',
  source: nison,
  lookBack: 11,
  forms: [
    {
      value: 100,
      shape: [
        [black, longBody],
        [white, longBody],
      ],
      when: closesEqual,
    },
    {
      value: -100,
      shape: [
        [white, longBody],
        [black, longBody],
      ],
      when: closesEqual,
    },
  ],
}

export const separatingLines: CandlestickPattern = {
  id: 'CDLSEPARATINGLINES',
  name: 'Separating lines',
  bars: 2,
  direction: 'both',
  description:
    'A candle, then a belt-hold of the other colour with about the same open: the trend in its direction goes on.',
  source: nison,
  lookBack: 11,
  forms: [
    { value: 100, shape: [[black], [white, longBody, tinyLower]], when: opensEqual },
    { value: -100, shape: [[white], [black, longBody, tinyUpper]], when: opensEqual },
  ],
}

export const matchingLow: CandlestickPattern = {
  id: 'CDLMATCHINGLOW',
  name: 'Matching low',
  bars: 2,
  direction: 'bullish',
  description: 'Two black candles with about the same close.',
  source: morris,
  lookBack: 6,
  forms: [
    {
      value: 100,
      shape: [[black], [black]],
      when: (c, i) => isWithin(close(c, i), close(c, i - 1), equalDistance(c.fiveRangesFrom5, i - 1)),
    },
  ],
}

export const stickSandwich: CandlestickPattern = {
  id: 'CDLSTICKSANDWICH',
  name: 'Stick sandwich',
  bars: 3,
  direction: 'bullish',
  description: 'A white candle that trades above the first close, between two black ones with about the same close.',
  source: morris,
  lookBack: 7,
  forms: [
    {
      value: 100,
      shape: [[black], [white], [black]],
      when: (c, i) =>
        low(c, i - 1) > close(c, i - 2) &&
        isWithin(close(c, i), close(c, i - 2), equalDistance(c.fiveRangesFrom5, i - 2)),
    },
  ],
}

function closesEqual(c: Candles, i: number): boolean {
  return isWithin(close(c, i), close(c, i - 1), equalDistance(c.fiveRangesFrom10, i - 1))
}

function opensEqual(c: Candles, i: number): boolean {
  return isWithin(open(c, i), open(c, i - 1), equalDistance(c.fiveRangesFrom10, i - 1))
}
