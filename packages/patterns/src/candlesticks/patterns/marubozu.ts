import type { CandlestickPattern } from '../candlestick-pattern.ts'
import { morris, nison } from '../sources.ts'
import { black, longBody, tinyLower, tinyUpper, white } from '../traits.ts'

// Long bodies that lack one shadow or both.

export const marubozu: CandlestickPattern = {
  id: 'CDLMARUBOZU',
  name: 'Marubozu',
  bars: 1,
  direction: 'both',
  description: 'A long body with hardly a shadow at either end.',
  source: nison,
  lookBack: 10,
  forms: [
    { value: 100, shape: [[white, longBody, tinyUpper, tinyLower]] },
    { value: -100, shape: [[black, longBody, tinyUpper, tinyLower]] },
  ],
}

export const closingMarubozu: CandlestickPattern = {
  id: 'CDLCLOSINGMARUBOZU',
  name: 'Closing marubozu',
  bars: 1,
  direction: 'both',
  description:
    'A long body that closes at its extreme: a white one hardly below the high, a black one hardly above the low.',
  source: morris,
  lookBack: 10,
  forms: [
    { value: 100, shape: [[white, longBody, tinyUpper]] },
    { value: -100, shape: [[black, longBody, tinyLower]] },
  ],
}

export const beltHold: CandlestickPattern = {
  id: 'CDLBELTHOLD',
  name: 'Belt-hold',
  bars: 1,
  direction: 'both',
  description:
    'A long body that opens at its extreme: a white one hardly above the low, a black one hardly below the high.',
  source: nison,
  lookBack: 10,
  forms: [
    { value: 100, shape: [[white, longBody, tinyLower]] },
    { value: -100, shape: [[black, longBody, tinyUpper]] },
  ],
}
