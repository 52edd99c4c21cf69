import { describePattern, type Row } from '../pattern-examples.suite.ts'

const gapsUp: Row = [103, 106, 102.5, 105]
const gapsDown: Row = [99, 99.5, 96, 97]

describePattern('CDLTASUKIGAP', {
  found: [
    { value: 100, rows: [gapsUp, [104, 104.5, 102, 102.2]] },
    { value: -100, rows: [gapsDown, [98, 100, 97.5, 99.8]] },
  ],
  missed: {
    'the gap is closed': [gapsUp, [104, 104.5, 101, 101.8]],
    'the third opens above the second body': [gapsUp, [105.2, 105.5, 102, 102.2]],
    'the bodies differ in length': [gapsUp, [103.1, 104.5, 102, 102.2]],
  },
})

describePattern('CDLGAPSIDESIDEWHITE', {
  found: [
    { value: 100, rows: [gapsUp, [103.1, 106, 102.5, 105.2]] },
    {
      value: -100,
      rows: [
        [97, 99.5, 96.5, 99],
        [97.1, 99.8, 96.5, 99.2],
      ],
    },
  ],
  missed: {
    'the opens are apart': [gapsUp, [103.5, 106, 102.5, 105.5]],
    'the bodies differ in length': [gapsUp, [103.1, 107, 102.5, 106.2]],
    'the third is black': [gapsUp, [105, 106, 102.5, 103.1]],
  },
})

describePattern('CDLXSIDEGAP3METHODS', {
  found: [
    { value: 100, rows: [[100, 103, 99, 102], gapsUp, [104, 104.5, 100, 101]] },
    { value: -100, rows: [gapsDown, [98, 101.5, 97.5, 101]] },
  ],
  missed: {
    'the third closes inside the gap': [[100, 103, 99, 102], gapsUp, [104, 104.5, 102, 102.5]],
    'the third closes below the first body': [[100, 103, 99, 102], gapsUp, [104, 104.5, 99, 99.5]],
    'the first is of the other colour': [gapsUp, [104, 104.5, 100, 101]],
  },
})
