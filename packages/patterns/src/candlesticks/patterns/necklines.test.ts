import { describePattern, type Row } from '../pattern-examples.suite.ts'

const longBlack: Row = [105, 105.5, 99.5, 100]

describePattern('CDLONNECK', {
  found: [{ value: -100, rows: [longBlack, [98, 99.6, 97.5, 99.4]] }],
  missed: {
    'it closes away from the low before': [longBlack, [98, 100, 97.5, 99.8]],
    'it opens at the low before': [longBlack, [99.5, 99.6, 97.5, 99.6]],
  },
})

describePattern('CDLINNECK', {
  found: [
    { value: -100, rows: [longBlack, [98, 100.5, 97.5, 100.1]] },
    { value: -100, rows: [longBlack, [98, 100.5, 97.5, 100]] },
  ],
  missed: {
    'it closes below the close before': [longBlack, [98, 100.5, 97.5, 99.9]],
    'it closes more than barely above the close before': [longBlack, [98, 100.5, 97.5, 100.3]],
  },
})

describePattern('CDLTHRUSTING', {
  found: [
    { value: -100, rows: [longBlack, [98, 103, 97.5, 102.5]] },
    { value: -100, rows: [longBlack, [98, 103, 97.5, 100.3]] },
  ],
  missed: {
    'it closes more than half-way up': [longBlack, [98, 103, 97.5, 102.6]],
    'it closes barely above the close before': [longBlack, [98, 103, 97.5, 100.1]],
  },
})
