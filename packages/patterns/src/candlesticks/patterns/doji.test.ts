import { describePattern } from '../pattern-examples.suite.ts'

describePattern('CDLDOJI', {
  found: [
    { value: 100, rows: [[100, 102, 98, 100.25]] },
    { value: 100, rows: [[100.25, 102, 98, 100]] },
    { value: 100, rows: [[100, 100, 100, 100]] },
  ],
  missed: { 'the body is more than a tenth of the average range': [[100, 102, 98, 100.5]] },
})

describePattern('CDLLONGLEGGEDDOJI', {
  found: [
    { value: 100, rows: [[100, 102, 100, 100.25]] },
    { value: 100, rows: [[100, 100.25, 98, 100.25]] },
  ],
  missed: { 'no shadow is longer than the body': [[100, 100.5, 99.75, 100.25]] },
})

describePattern('CDLRICKSHAWMAN', {
  found: [{ value: 100, rows: [[100, 102, 98, 100.25]] }],
  missed: {
    'the body stands high in the range': [[101.5, 102.5, 97, 101.75]],
    'the body stands low in the range': [[98.5, 103, 97.5, 98.75]],
    'one shadow is short': [[100, 100.25, 98, 100.25]],
  },
})

describePattern('CDLDRAGONFLYDOJI', {
  found: [{ value: 100, rows: [[100, 100.25, 97, 100.25]] }],
  missed: {
    'it has an upper shadow': [[100, 101, 97, 100.25]],
    'it has hardly a lower shadow': [[100, 100.25, 99.75, 100.25]],
  },
})

describePattern('CDLGRAVESTONEDOJI', {
  found: [{ value: 100, rows: [[100, 103, 100, 100.25]] }],
  missed: {
    'it has a lower shadow': [[100, 103, 99, 100.25]],
    'it has hardly an upper shadow': [[100, 100.5, 100, 100.25]],
  },
})

describePattern('CDLTAKURI', {
  found: [{ value: 100, rows: [[100, 100.25, 97, 100.25]] }],
  missed: { 'the lower shadow is only twice the body': [[100, 100.25, 99.5, 100.25]] },
})
