import type { CandlestickPattern } from '../candlestick-pattern.ts'
import type { Candles } from '../measure-candles.ts'
import { body, close } from '../read-candles.ts'
import { nison } from '../sources.ts'
import { black, bodyGapsDown, bodyGapsUp, dojiBody, gapsDown, gapsUp, longBody, notLongBody, white } from '../traits.ts'

// A long body, a small one that gaps away from it, and a third that comes back into the first by more than the penetration.

const penetration = 0.3

export const morningStar: CandlestickPattern = {
  id: 'CDLMORNINGSTAR',
  name: 'Morning star',
  bars: 3,
  direction: 'bullish',
  description:
    'A long black body, one that is not long and gaps down, then a white one, not short, that closes above the first close by more than the penetration (30 % of the first body).',
  source: nison,
  lookBack: 12,
  penetration,
  forms: [
    {
      value: 100,
      shape: [
        [black, longBody],
        [notLongBody, bodyGapsDown],
        [white, longBody],
      ],
      when: comesBackUp,
    },
  ],
}

export const eveningStar: CandlestickPattern = {
  id: 'CDLEVENINGSTAR',
  name: 'Evening star',
  bars: 3,
  direction: 'bearish',
  description:
    'A long white body, one that is not long and gaps up, then a black one, not short, that closes below the first close by more than the penetration (30 % of the first body).',
  source: nison,
  lookBack: 12,
  penetration,
  forms: [
    {
      value: -100,
      shape: [
        [white, longBody],
        [notLongBody, bodyGapsUp],
        [black, longBody],
      ],
      when: comesBackDown,
    },
  ],
}

export const morningDojiStar: CandlestickPattern = {
  id: 'CDLMORNINGDOJISTAR',
  name: 'Morning doji star',
  bars: 3,
  direction: 'bullish',
  description: 'A morning star whose second candle is a doji.',
  source: nison,
  lookBack: 12,
  penetration,
  forms: [
    {
      value: 100,
      shape: [
        [black, longBody],
        [dojiBody, bodyGapsDown],
        [white, longBody],
      ],
      when: comesBackUp,
    },
  ],
}

export const eveningDojiStar: CandlestickPattern = {
  id: 'CDLEVENINGDOJISTAR',
  name: 'Evening doji star',
  bars: 3,
  direction: 'bearish',
  description: 'An evening star whose second candle is a doji.',
  source: nison,
  lookBack: 12,
  penetration,
  forms: [
    {
      value: -100,
      shape: [
        [white, longBody],
        [dojiBody, bodyGapsUp],
        [black, longBody],
      ],
      when: comesBackDown,
    },
  ],
}

export const abandonedBaby: CandlestickPattern = {
  id: 'CDLABANDONEDBABY',
  name: 'Abandoned baby',
  bars: 3,
  direction: 'both',
  description: 'A morning or evening doji star whose doji gaps on both sides, shadows included.',
  source: nison,
  lookBack: 12,
  penetration,
  forms: [
    {
      value: 100,
      shape: [
        [black, longBody],
        [dojiBody, gapsDown],
        [white, longBody, gapsUp],
      ],
      when: comesBackUp,
    },
    {
      value: -100,
      shape: [
        [white, longBody],
        [dojiBody, gapsUp],
        [black, longBody, gapsDown],
      ],
      when: comesBackDown,
    },
  ],
}

function comesBackUp(c: Candles, i: number, share: number): boolean {
  return close(c, i) > close(c, i - 2) + body(c, i - 2) * share
}

function comesBackDown(c: Candles, i: number, share: number): boolean {
  return close(c, i) < close(c, i - 2) - body(c, i - 2) * share
}
