import type { CandlestickPattern } from '../candlestick-pattern.ts'
import type { Candles } from '../measure-candles.ts'
import { body } from '../read-candles.ts'
import { morris } from '../sources.ts'
import { black, gapsDown, gapsUp, longBody, tinyLower, tinyUpper, white } from '../traits.ts'

// Two marubozu of opposite colour with a gap between them.

const bare = [longBody, tinyUpper, tinyLower]
const up = [
  [black, ...bare],
  [white, ...bare, gapsUp],
]
const down = [
  [white, ...bare],
  [black, ...bare, gapsDown],
]

export const kicking: CandlestickPattern = {
  id: 'CDLKICKING',
  name: 'Kicking',
  bars: 2,
  direction: 'both',
  description: 'A marubozu, then one of the other colour that gaps away from it. The second one leads.',
  source: morris,
  lookBack: 11,
  forms: [
    { value: 100, shape: up },
    { value: -100, shape: down },
  ],
}

export const kickingByLength: CandlestickPattern = {
  id: 'CDLKICKINGBYLENGTH',
  name: 'Kicking, by the longer marubozu',
  bars: 2,
  direction: 'both',
  description:
    'A marubozu, then one of the other colour that gaps away from it. The longer one leads, at a tie the first.',
  source: morris,
  lookBack: 11,
  forms: [
    { value: 100, shape: up, when: isSecondLonger },
    { value: -100, shape: up, when: isFirstAsLong },
    { value: -100, shape: down, when: isSecondLonger },
    { value: 100, shape: down, when: isFirstAsLong },
  ],
}

function isSecondLonger(c: Candles, i: number): boolean {
  return body(c, i) > body(c, i - 1)
}

function isFirstAsLong(c: Candles, i: number): boolean {
  return body(c, i) <= body(c, i - 1)
}
