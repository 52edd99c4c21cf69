import type { CandlestickPattern } from '../candlestick-pattern.ts'
import { body, close, open } from '../read-candles.ts'
import { nison } from '../sources.ts'
import { black, closesHigher, closesLower, longBody, opensAboveHigh, opensBelowLow, white } from '../traits.ts'

// An open beyond the range before that is taken back deep into the long body before.

export const piercing: CandlestickPattern = {
  id: 'CDLPIERCING',
  name: 'Piercing pattern',
  bars: 2,
  direction: 'bullish',
  description:
    'A long black body, then a long white one that opens below its low and closes within it, more than half-way up.',
  source: nison,
  lookBack: 11,
  forms: [
    {
      value: 100,
      shape: [
        [black, longBody],
        [white, longBody, opensBelowLow, closesHigher],
      ],
      when: (c, i) => close(c, i) < open(c, i - 1) && close(c, i) > close(c, i - 1) + body(c, i - 1) * 0.5,
    },
  ],
}

export const darkCloudCover: CandlestickPattern = {
  id: 'CDLDARKCLOUDCOVER',
  name: 'Dark cloud cover',
  bars: 2,
  direction: 'bearish',
  description:
    'A long white body, then a black one that opens above its high and closes within it, deeper than the penetration (half its length).',
  source: nison,
  lookBack: 11,
  penetration: 0.5,
  forms: [
    {
      value: -100,
      shape: [
        [white, longBody],
        [black, opensAboveHigh, closesLower],
      ],
      when: (c, i, penetration) =>
        close(c, i) > open(c, i - 1) && close(c, i) < close(c, i - 1) - body(c, i - 1) * penetration,
    },
  ],
}
