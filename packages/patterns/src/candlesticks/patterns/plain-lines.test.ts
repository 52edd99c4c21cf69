import { describePattern } from '../pattern-examples.suite.ts'

describePattern('CDLLONGLINE', {
  found: [
    { value: 100, rows: [[100, 104.5, 99.5, 104]] },
    { value: -100, rows: [[104, 104.5, 99.5, 100]] },
  ],
  missed: {
    'a shadow is of average length': [[100, 105, 99.5, 104]],
    'the body is of average length': [[100, 102.5, 99.5, 102]],
  },
})

describePattern('CDLSHORTLINE', {
  found: [
    { value: 100, rows: [[100, 101.5, 99.5, 101]] },
    { value: -100, rows: [[101, 101.5, 99.5, 100]] },
  ],
  missed: {
    'a shadow is of average length': [[100, 101.5, 99, 101]],
    'the body is of average length': [[100, 102.5, 99.5, 102]],
  },
})

describePattern('CDLSPINNINGTOP', {
  found: [
    { value: 100, rows: [[100, 103, 98, 101]] },
    { value: -100, rows: [[101, 103, 98, 100]] },
  ],
  missed: { 'a shadow is as long as the body': [[100, 102, 98, 101]] },
})

describePattern('CDLHIGHWAVE', {
  found: [
    { value: 100, rows: [[100, 104, 97, 101]] },
    { value: -100, rows: [[101, 104, 97, 100]] },
  ],
  missed: { 'a shadow is only twice the body': [[100, 103, 97, 101]] },
})
