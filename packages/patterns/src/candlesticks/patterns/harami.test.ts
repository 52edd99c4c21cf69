import { describePattern, type Row } from '../pattern-examples.suite.ts'

const longBlack: Row = [105, 106, 99, 100]
const longWhite: Row = [100, 106, 99, 105]

describePattern('CDLHARAMI', {
  found: [
    { value: 100, rows: [longBlack, [102, 103, 101, 103]] },
    { value: -100, rows: [longWhite, [103, 104, 102, 102]] },
    { value: 80, rows: [longBlack, [104, 105, 103, 105]] },
    { value: -80, rows: [longWhite, [101, 102, 100, 100]] },
  ],
  missed: {
    'the second reaches out of the first': [longBlack, [104.5, 106, 104, 105.5]],
    'the second is long itself': [longBlack, [101, 105, 100, 104.5]],
    'the first is not long': [
      [102, 103, 99, 100],
      [101, 102, 100, 101.5],
    ],
  },
})

describePattern('CDLHARAMICROSS', {
  found: [
    { value: 100, rows: [longBlack, [102, 103, 101, 102.25]] },
    { value: -100, rows: [longWhite, [102, 103, 101, 102.25]] },
    { value: 80, rows: [longBlack, [104.75, 105.5, 104, 105]] },
    { value: -80, rows: [longWhite, [104.75, 105.5, 104, 105]] },
  ],
  missed: { 'the second is no doji': [longBlack, [102, 103, 101, 103]] },
})

describePattern('CDL3INSIDE', {
  found: [
    { value: 100, rows: [longBlack, [102, 103, 101, 103], [103, 107, 102, 106]] },
    { value: -100, rows: [longWhite, [103, 104, 102, 102], [102, 103, 98, 99]] },
  ],
  missed: {
    'the third closes within the first': [longBlack, [102, 103, 101, 103], [103, 105, 102, 104.5]],
    'the second touches the end of the first': [longBlack, [104, 105, 103, 105], [105, 107, 102, 106]],
  },
})

describePattern('CDLHOMINGPIGEON', {
  found: [{ value: 100, rows: [longBlack, [103, 104, 101, 102]] }],
  missed: {
    'the second is white': [longBlack, [102, 104, 101, 103]],
    'the second closes as low as the first': [longBlack, [101, 104, 99, 100]],
  },
})
