import type { CandlestickPattern } from '../candlestick-pattern.ts'
import { close, open } from '../read-candles.ts'
import { morris, nison } from '../sources.ts'
import {
  black,
  dojiBody,
  higherBottom,
  longBody,
  lowerTop,
  noHigherTop,
  noLowerBottom,
  notLongBody,
  white,
} from '../traits.ts'

// A body within the long body before.

export const harami: CandlestickPattern = {
  id: 'CDLHARAMI',
  name: 'Harami',
  bars: 2,
  direction: 'both',
  description:
    'A body that is not long within the long body before, against whose colour it speaks. 80 instead of 100 where one end is equal.',
  source: nison,
  lookBack: 11,
  forms: [
    {
      value: 80,
      shape: [
        [black, longBody],
        [notLongBody, noHigherTop, noLowerBottom],
      ],
    },
    {
      value: 100,
      shape: [
        [black, longBody],
        [notLongBody, lowerTop, higherBottom],
      ],
    },
    {
      value: -80,
      shape: [
        [white, longBody],
        [notLongBody, noHigherTop, noLowerBottom],
      ],
    },
    {
      value: -100,
      shape: [
        [white, longBody],
        [notLongBody, lowerTop, higherBottom],
      ],
    },
  ],
}

export const haramiCross: CandlestickPattern = {
  id: 'CDLHARAMICROSS',
  name: 'Harami cross',
  bars: 2,
  direction: 'both',
  description: 'A harami whose second candle is a doji. 80 instead of 100 where one end is equal.',
  source: nison,
  lookBack: 11,
  forms: [
    {
      value: 80,
      shape: [
        [black, longBody],
        [dojiBody, noHigherTop, noLowerBottom],
      ],
    },
    {
      value: 100,
      shape: [
        [black, longBody],
        [dojiBody, lowerTop, higherBottom],
      ],
    },
    {
      value: -80,
      shape: [
        [white, longBody],
        [dojiBody, noHigherTop, noLowerBottom],
      ],
    },
    {
      value: -100,
      shape: [
        [white, longBody],
        [dojiBody, lowerTop, higherBottom],
      ],
    },
  ],
}

export const threeInside: CandlestickPattern = {
  id: 'CDL3INSIDE',
  name: 'Three inside up or down',
  bars: 3,
  direction: 'both',
  description: 'A harami, then a candle of the other colour than the first that closes beyond the first open.',
  source: morris,
  lookBack: 12,
  forms: [
    {
      value: 100,
      shape: [[black, longBody], [notLongBody, lowerTop, higherBottom], [white]],
      when: (c, i) => close(c, i) > open(c, i - 2),
    },
    {
      value: -100,
      shape: [[white, longBody], [notLongBody, lowerTop, higherBottom], [black]],
      when: (c, i) => close(c, i) < open(c, i - 2),
    },
  ],
}

export const homingPigeon: CandlestickPattern = {
  id: 'CDLHOMINGPIGEON',
  name: 'Homing pigeon',
  bars: 2,
  direction: 'bullish',
  description: 'A black body that is not long within the long black body before.',
  source: morris,
  lookBack: 11,
  forms: [
    {
      value: 100,
      shape: [
        [black, longBody],
        [black, notLongBody, lowerTop, higherBottom],
      ],
    },
  ],
}
