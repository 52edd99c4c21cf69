import { describePattern, type Row } from '../pattern-examples.suite.ts'

const longBlack: Row = [105, 105.5, 99.5, 100]
const longWhite: Row = [100, 105.5, 99.5, 105]

describePattern('CDLPIERCING', {
  found: [{ value: 100, rows: [longBlack, [99, 104, 98.5, 103.5]] }],
  missed: {
    'it closes only half-way up': [longBlack, [99, 104, 98.5, 102.5]],
    'it closes above the first body': [longBlack, [99, 106, 98.5, 105.5]],
    'it opens at the low before': [longBlack, [99.5, 104, 98.5, 103.5]],
  },
})

describePattern('CDLDARKCLOUDCOVER', {
  found: [{ value: -100, rows: [longWhite, [106, 106.5, 101, 102]] }],
  missed: {
    'it closes only half-way down': [longWhite, [106, 106.5, 102, 102.5]],
    'it closes below the first body': [longWhite, [106, 106.5, 99, 99.8]],
    'it opens at the high before': [longWhite, [105.5, 106.5, 101, 102]],
  },
})
