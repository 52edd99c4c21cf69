import { describePattern, type Row } from '../pattern-examples.suite.ts'

const rise: readonly Row[] = [
  [100, 105.5, 99.5, 105],
  [104, 104.5, 102.5, 103],
  [103, 103.5, 101.5, 102],
  [102, 102.5, 100.5, 101],
]
const fall: readonly Row[] = [
  [105, 105.5, 99.5, 100],
  [101, 102.5, 100.5, 102],
  [102, 103.5, 101.5, 103],
  [103, 104.5, 102.5, 104],
]

describePattern('CDLRISEFALL3METHODS', {
  found: [
    { value: 100, rows: [...rise, [101.5, 107, 101, 106.5]] },
    { value: -100, rows: [...fall, [103.5, 104, 98, 98.5]] },
  ],
  missed: {
    'the last does not close beyond the first': [...rise, [101.5, 105.5, 101, 104.9]],
    'the last opens at the close before': [...rise, [101, 107, 100.5, 106.5]],
    'a resting candle is white': [...rise.slice(0, 3), [101, 102.5, 100.5, 101.9], [102, 107, 101, 106.5]],
    'the rest leaves the range of the first': [
      [100, 105.5, 99.5, 105],
      [107, 107.5, 105.4, 106],
      [105, 105.5, 103.5, 104],
      [104, 104.5, 102.5, 103],
      [103.5, 109, 103, 108.5],
    ],
  },
})

const held: readonly Row[] = [
  [100, 105.5, 99.5, 105],
  [107, 107.5, 105.5, 106],
  [105.5, 106, 103.8, 104.5],
]

describePattern('CDLMATHOLD', {
  found: [{ value: 100, rows: [...held, [105, 105.3, 103.5, 104], [104.5, 109, 104, 108.5]] }],
  missed: {
    'the rest sinks half-way into the first': [...held, [104, 104.5, 101.5, 102.5], [104.5, 109, 104, 108.5]],
    'the last does not pass the highs of the rest': [...held, [105, 105.3, 103.5, 104], [104.5, 109, 104, 107.5]],
    'the second does not gap up': [
      [100, 105.5, 99.5, 105],
      [106, 107.5, 104.5, 105],
      [105.5, 106, 103.8, 104.5],
      [105, 105.3, 103.5, 104],
      [104.5, 109, 104, 108.5],
    ],
  },
})

const threeUp: readonly Row[] = [
  [100, 103, 99, 102],
  [101, 104, 100.5, 103],
  [102, 105, 101.5, 104],
]
const threeDown: readonly Row[] = [
  [102, 103, 99, 100],
  [101, 101.5, 98, 99],
  [100, 100.5, 97, 98],
]

describePattern('CDL3LINESTRIKE', {
  found: [
    { value: 100, rows: [...threeUp, [105, 105.5, 99, 99.5]] },
    { value: -100, rows: [...threeDown, [97, 103, 96.5, 102.5]] },
  ],
  missed: {
    'the fourth does not pass the first open': [...threeUp, [105, 105.5, 99, 100]],
    'the third opens far from the second': [
      [100, 103, 99, 102],
      [101, 104, 100.5, 103],
      [104, 106, 103.5, 105],
      [106, 106.5, 99, 99.5],
    ],
  },
})
