import type { CandlestickPattern } from '../candlestick-pattern.ts'
import { morris, nison, nisonBeyond } from '../sources.ts'
import {
  black,
  longBody,
  longLower,
  longUpper,
  shortBody,
  shortLower,
  shortUpper,
  veryLongLower,
  veryLongUpper,
  white,
} from '../traits.ts'

// Single candles told apart by the length of body and shadows alone. The sign is the candle's colour.

export const longLine: CandlestickPattern = {
  id: 'CDLLONGLINE',
  name: 'Long line',
  bars: 1,
  direction: 'both',
  description: 'A long body with two short shadows.',
  source: morris,
  lookBack: 10,
  forms: [
    { value: 100, shape: [[white, longBody, shortUpper, shortLower]] },
    { value: -100, shape: [[black, longBody, shortUpper, shortLower]] },
  ],
}

export const shortLine: CandlestickPattern = {
  id: 'CDLSHORTLINE',
  name: 'Short line',
  bars: 1,
  direction: 'both',
  description: 'A short body with two short shadows.',
  source: morris,
  lookBack: 10,
  forms: [
    { value: 100, shape: [[white, shortBody, shortUpper, shortLower]] },
    { value: -100, shape: [[black, shortBody, shortUpper, shortLower]] },
  ],
}

export const spinningTop: CandlestickPattern = {
  id: 'CDLSPINNINGTOP',
  name: 'Spinning top',
  bars: 1,
  direction: 'none',
  description: 'A short body with both shadows longer than it.',
  source: nison,
  lookBack: 10,
  forms: [
    { value: 100, shape: [[white, shortBody, longUpper, longLower]] },
    { value: -100, shape: [[black, shortBody, longUpper, longLower]] },
  ],
}

export const highWave: CandlestickPattern = {
  id: 'CDLHIGHWAVE',
  name: 'High-wave candle',
  bars: 1,
  direction: 'none',
  description: 'A short body with both shadows longer than twice its length.',
  source: nisonBeyond,
  lookBack: 10,
  forms: [
    { value: 100, shape: [[white, shortBody, veryLongUpper, veryLongLower]] },
    { value: -100, shape: [[black, shortBody, veryLongUpper, veryLongLower]] },
  ],
}
