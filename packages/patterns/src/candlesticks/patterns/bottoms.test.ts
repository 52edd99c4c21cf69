import { describePattern, type Row } from '../pattern-examples.suite.ts'

const firstStar: Row = [106, 106.5, 95, 101]

describePattern('CDL3STARSINSOUTH', {
  found: [{ value: 100, rows: [firstStar, [104, 104.5, 97, 101.5], [102, 102.1, 101.4, 101.5]] }],
  missed: {
    'the second makes a new low': [firstStar, [104, 104.5, 94.5, 101.5], [102, 102.1, 101.4, 101.5]],
    'the third leaves the range of the second': [firstStar, [104, 104.5, 97, 101.5], [97.2, 97.3, 96.6, 96.7]],
    'the second is no smaller': [firstStar, [106.2, 106.4, 97, 101.2], [102, 102.1, 101.4, 101.5]],
  },
})

const [bareOne, bareTwo]: readonly [Row, Row] = [
  [105, 105, 102, 102],
  [102, 102, 99, 99],
]

describePattern('CDLCONCEALBABYSWALL', {
  found: [{ value: 100, rows: [bareOne, bareTwo, [98, 99.5, 95.5, 96], [99, 100, 94.5, 95]] }],
  missed: {
    'the fourth does not cover the third': [bareOne, bareTwo, [98, 99.5, 95.5, 96], [99, 99.4, 94.5, 95]],
    'the shadow of the third does not reach the second': [bareOne, bareTwo, [98, 99, 95.5, 96], [99, 100, 94.5, 95]],
    'the second has a shadow': [bareOne, [102, 103, 99, 99], [98, 99.5, 95.5, 96], [99, 100, 94.5, 95]],
  },
})

const ladder: readonly Row[] = [
  [110, 110.5, 107.5, 108],
  [108.5, 109, 105.5, 106],
  [106.5, 107, 103.5, 104],
]

describePattern('CDLLADDERBOTTOM', {
  found: [{ value: 100, rows: [...ladder, [104.5, 106, 102, 103], [105, 108, 104.5, 107]] }],
  missed: {
    'the last closes below the high before': [...ladder, [104.5, 106, 102, 103], [105, 106, 104.5, 105.9]],
    'the fourth has hardly an upper shadow': [...ladder, [104.5, 104.6, 102, 103], [105, 108, 104.5, 107]],
    'the opens do not fall': [
      [110, 110.5, 107.5, 108],
      [108.5, 109, 105.5, 106],
      [108.5, 109, 103.5, 104],
      [104.5, 106, 102, 103],
      [105, 108, 104.5, 107],
    ],
  },
})

const longBlack: Row = [105, 105.5, 99.5, 100]

describePattern('CDLUNIQUE3RIVER', {
  found: [{ value: 100, rows: [longBlack, [103, 103.5, 98, 101], [99, 100.5, 98.5, 100]] }],
  missed: {
    'the second makes no new low': [longBlack, [103, 103.5, 99.5, 101], [100, 101.5, 99.8, 101]],
    'the third opens at the low of the second': [longBlack, [103, 103.5, 98, 101], [98, 100.5, 97.5, 99]],
  },
})
