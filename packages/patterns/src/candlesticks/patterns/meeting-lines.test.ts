import { describePattern, type Row } from '../pattern-examples.suite.ts'

const longBlack: Row = [105, 105.5, 99.5, 100]
const longWhite: Row = [100, 105.5, 99.5, 105]

describePattern('CDLCOUNTERATTACK', {
  found: [
    { value: 100, rows: [longBlack, [95, 100.5, 94.5, 100.1]] },
    { value: -100, rows: [longWhite, [110, 110.5, 104.5, 104.9]] },
  ],
  missed: {
    'the closes are apart': [longBlack, [95, 101.5, 94.5, 101]],
    'the second is not long': [longBlack, [98.5, 100.5, 98, 100]],
  },
})

describePattern('CDLSEPARATINGLINES', {
  found: [
    { value: 100, rows: [[102, 106, 102, 105]] },
    {
      value: -100,
      rows: [
        [100, 103, 99, 102],
        [100, 100, 96, 97],
      ],
    },
  ],
  missed: {
    'the opens are apart': [[103, 107, 103, 106]],
    'the second is no belt-hold': [[102, 106, 101, 105]],
  },
})

describePattern('CDLMATCHINGLOW', {
  found: [{ value: 100, rows: [[101, 102, 99, 100.1]] }],
  missed: {
    'the closes are apart': [[101, 102, 99, 100.3]],
    'the second is white': [[99, 102, 98, 100]],
  },
})

describePattern('CDLSTICKSANDWICH', {
  found: [
    {
      value: 100,
      rows: [
        [101, 104, 100.5, 103],
        [102.5, 103, 99, 100.1],
      ],
    },
  ],
  missed: {
    'the white one trades at the first close': [
      [101, 104, 100, 103],
      [102.5, 103, 99, 100.1],
    ],
    'the closes are apart': [
      [101, 104, 100.5, 103],
      [102.5, 103, 99, 100.4],
    ],
  },
})
