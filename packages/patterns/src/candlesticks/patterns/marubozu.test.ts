import { describePattern } from '../pattern-examples.suite.ts'

describePattern('CDLMARUBOZU', {
  found: [
    { value: 100, rows: [[100, 104, 100, 104]] },
    { value: -100, rows: [[104, 104, 100, 100]] },
  ],
  missed: {
    'it has an upper shadow': [[100, 105, 100, 104]],
    'it has a lower shadow': [[100, 104, 99, 104]],
    'the body is only average': [[100, 102, 100, 102]],
  },
})

describePattern('CDLCLOSINGMARUBOZU', {
  found: [
    { value: 100, rows: [[100, 104, 98, 104]] },
    { value: -100, rows: [[104, 106, 100, 100]] },
  ],
  missed: {
    'a white one closes below its high': [[100, 105, 100, 104]],
    'a black one closes above its low': [[104, 104, 99, 100]],
  },
})

describePattern('CDLBELTHOLD', {
  found: [
    { value: 100, rows: [[100, 106, 100, 104]] },
    { value: -100, rows: [[104, 104, 98, 100]] },
  ],
  missed: {
    'a white one opens above its low': [[100, 104, 99, 104]],
    'a black one opens below its high': [[104, 105, 100, 100]],
  },
})
