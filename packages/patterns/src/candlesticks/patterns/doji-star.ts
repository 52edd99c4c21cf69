import type { CandlestickPattern } from '../candlestick-pattern.ts'
import type { Candles } from '../measure-candles.ts'
import { body, dojiLimit } from '../read-candles.ts'
import { nison } from '../sources.ts'
import { black, bodyGapsDown, bodyGapsUp, dojiBody, higherBottom, longBody, lowerTop, white } from '../traits.ts'

export const dojiStar: CandlestickPattern = {
  id: 'CDLDOJISTAR',
  name: 'Doji star',
  bars: 2,
  direction: 'both',
  description: 'A long body, then a doji whose body gaps away from it in the same direction.',
  source: nison,
  lookBack: 11,
  forms: [
    {
      value: 100,
      shape: [
        [black, longBody],
        [dojiBody, bodyGapsDown],
      ],
    },
    {
      value: -100,
      shape: [
        [white, longBody],
        [dojiBody, bodyGapsUp],
      ],
    },
  ],
}

export const tristar: CandlestickPattern = {
  id: 'CDLTRISTAR',
  name: 'Tristar',
  bars: 3,
  direction: 'both',
  description: 'Three doji, the second one gapping away and the third coming back.',
  source: nison,
  lookBack: 12,
  forms: [
    { value: 100, shape: [[dojiBody], [bodyGapsDown], [higherBottom]], when: areDojiToo },
    { value: -100, shape: [[dojiBody], [bodyGapsUp], [lowerTop]], when: areDojiToo },
  ],
}

/** All three bodies are held against the candles before the first one, so the traits of the later two do not serve. */
function areDojiToo(c: Candles, i: number): boolean {
  const limit = dojiLimit(c.tenRangesFrom10, i - 2)
  return body(c, i - 1) <= limit && body(c, i) <= limit
}
