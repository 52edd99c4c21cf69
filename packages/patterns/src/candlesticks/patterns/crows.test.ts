import { describePattern, type Row } from '../pattern-examples.suite.ts'

const longWhite: Row = [100, 105.5, 99.5, 105]

describePattern('CDL2CROWS', {
  found: [{ value: -100, rows: [longWhite, [107, 107.5, 105.5, 106], [106.5, 107, 102.5, 103]] }],
  missed: {
    'the third closes above the first close': [longWhite, [107, 107.5, 105.5, 106], [106.5, 107, 105, 105.5]],
    'the third opens above the second body': [longWhite, [107, 107.5, 105.5, 106], [107.2, 107.5, 102.5, 103]],
    'the second does not gap up': [longWhite, [107, 107.5, 104.5, 105], [106.5, 107, 102.5, 103]],
  },
})

describePattern('CDLUPSIDEGAP2CROWS', {
  found: [{ value: -100, rows: [longWhite, [106.5, 107, 105.5, 106], [107, 107.5, 105, 105.5]] }],
  missed: {
    'the third closes the gap': [longWhite, [106.5, 107, 105.5, 106], [107, 107.5, 104, 104.5]],
    'the third does not cover the second': [longWhite, [106.5, 107, 105.5, 106], [106.4, 107.5, 105, 105.5]],
  },
})

describePattern('CDL3BLACKCROWS', {
  found: [
    {
      value: -100,
      rows: [
        [100, 105, 99, 104],
        [104, 104.2, 101.9, 102],
        [103.5, 103.7, 99.9, 100],
        [101.5, 101.7, 97.9, 98],
      ],
    },
  ],
  missed: {
    'the second opens above the first body': [
      [100, 105, 99, 104],
      [104, 104.2, 101.9, 102],
      [104.5, 104.7, 99.9, 100],
      [101.5, 101.7, 97.9, 98],
    ],
    'the last closes above its low': [
      [100, 105, 99, 104],
      [104, 104.2, 101.9, 102],
      [103.5, 103.7, 99.9, 100],
      [101.5, 101.7, 97, 98],
    ],
    'the first closes at the high before': [
      [100, 102, 99, 101],
      [104, 104.2, 101.9, 102],
      [103.5, 103.7, 99.9, 100],
      [101.5, 101.7, 97.9, 98],
    ],
  },
})

describePattern('CDLIDENTICAL3CROWS', {
  found: [
    {
      value: -100,
      rows: [
        [104, 104.2, 101.9, 102],
        [102, 102.2, 99.9, 100],
        [100, 100.2, 97.9, 98],
      ],
    },
  ],
  missed: {
    'the second opens away from the close before': [
      [104, 104.2, 101.9, 102],
      [103, 103.2, 99.9, 100],
      [100, 100.2, 97.9, 98],
    ],
    'the last closes above its low': [
      [104, 104.2, 101.9, 102],
      [102, 102.2, 99.9, 100],
      [100, 100.2, 97, 98],
    ],
  },
})
