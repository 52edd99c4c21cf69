import { describePattern, type Row } from '../pattern-examples.suite.ts'

describePattern('CDL3WHITESOLDIERS', {
  found: [
    {
      value: 100,
      rows: [
        [100, 102.1, 99, 102],
        [101.5, 104.1, 101, 104],
        [103.5, 106.1, 103, 106],
      ],
    },
  ],
  missed: {
    'the last has an upper shadow': [
      [100, 102.1, 99, 102],
      [101.5, 104.1, 101, 104],
      [103.5, 107, 103, 106],
    ],
    'the second opens far above the first': [
      [100, 102.1, 99, 102],
      [103, 106.1, 102, 106],
      [105.5, 108.1, 105, 108],
    ],
    'the last is short': [
      [100, 102.1, 99, 102],
      [101.5, 104.1, 101, 104],
      [104, 105.1, 103, 105],
    ],
  },
})

const strong: Row = [100, 104.5, 99.5, 104]

describePattern('CDLADVANCEBLOCK', {
  found: [
    { value: -100, rows: [strong, [104, 105.1, 103.5, 105], [104.5, 106.1, 104, 106]] },
    { value: -100, rows: [strong, [102, 106.1, 101.5, 106], [105.5, 106.6, 105, 106.5]] },
    { value: -100, rows: [strong, [102, 105.5, 101.5, 105.4], [104, 108.5, 103.5, 107]] },
    { value: -100, rows: [strong, [102, 107, 101.5, 105.4], [104, 107.1, 103.5, 107]] },
    { value: -100, rows: [strong, [102, 106.6, 101.5, 106.5], [105, 111, 104.5, 107.5]] },
  ],
  missed: {
    'nothing weakens': [strong, [102, 106.1, 101.5, 106], [104, 108.1, 103.5, 108]],
    'bodies shrink a little and have short shadows': [strong, [102, 105.5, 101.5, 105.4], [104, 107.1, 103.5, 107]],
    'the last opens far above the second': [strong, [102, 106.1, 101.5, 106], [107.5, 108.6, 107, 108.5]],
    'the first has a long upper shadow': [
      [100, 106, 99.5, 104],
      [102, 106.1, 101.5, 106],
      [105.5, 106.6, 105, 106.5],
    ],
  },
})

describePattern('CDLSTALLEDPATTERN', {
  found: [{ value: -100, rows: [strong, [103, 107.1, 102.5, 107], [107, 108.5, 106.5, 107.8]] }],
  missed: {
    'the second has an upper shadow': [strong, [103, 108, 102.5, 107], [107, 108.5, 106.5, 107.8]],
    'the last is long': [strong, [103, 107.1, 102.5, 107], [107, 110.5, 106.5, 110]],
    'the second opens far above the first': [strong, [105, 109.1, 104.5, 109], [109, 110.5, 108.5, 109.8]],
  },
})
