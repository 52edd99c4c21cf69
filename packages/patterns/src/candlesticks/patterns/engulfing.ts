import type { CandlestickPattern } from '../candlestick-pattern.ts'
import { morris, nison } from '../sources.ts'
import {
  black,
  closesHigher,
  closesLower,
  higherTop,
  lowerBottom,
  noHigherBottom,
  noLowerTop,
  white,
} from '../traits.ts'

// A body that covers the body before, of the other colour.

export const engulfing: CandlestickPattern = {
  id: 'CDLENGULFING',
  name: 'Engulfing pattern',
  bars: 2,
  direction: 'both',
  description: 'A body that covers the body before, of the other colour. 80 instead of 100 where one end is equal.',
  source: nison,
  lookBack: 2,
  forms: [
    { value: 80, shape: [[black], [white, higherTop, noHigherBottom]] },
    { value: 80, shape: [[black], [white, noLowerTop, lowerBottom]] },
    { value: 100, shape: [[black], [white, higherTop, lowerBottom]] },
    { value: -80, shape: [[white], [black, higherTop, noHigherBottom]] },
    { value: -80, shape: [[white], [black, noLowerTop, lowerBottom]] },
    { value: -100, shape: [[white], [black, higherTop, lowerBottom]] },
  ],
}

export const threeOutside: CandlestickPattern = {
  id: 'CDL3OUTSIDE',
  name: 'Three outside up or down',
  bars: 3,
  direction: 'both',
  description: 'A body that covers the body before, of the other colour, then a close further in its direction.',
  source: morris,
  lookBack: 3,
  forms: [
    { value: 100, shape: [[black], [white, higherTop, lowerBottom], [closesHigher]] },
    { value: -100, shape: [[white], [black, higherTop, lowerBottom], [closesLower]] },
  ],
}
