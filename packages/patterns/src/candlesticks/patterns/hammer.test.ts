import { describePattern } from '../pattern-examples.suite.ts'

describePattern('CDLHAMMER', {
  found: [{ value: 100, rows: [[99, 100, 96, 99.9]] }],
  missed: {
    'it stands above the low of the candle before': [[101, 102, 98, 101.9]],
    'it has an upper shadow': [[99, 101, 96, 99.9]],
    'the lower shadow is no longer than the body': [[99, 100, 98.1, 99.9]],
  },
})

describePattern('CDLHANGINGMAN', {
  found: [{ value: -100, rows: [[102.5, 103.5, 99, 103.4]] }],
  missed: {
    'it stands below the high of the candle before': [[101, 102, 98, 101.9]],
    'it has an upper shadow': [[102.5, 104.5, 99, 103.4]],
  },
})

describePattern('CDLINVERTEDHAMMER', {
  found: [{ value: 100, rows: [[98.9, 101.5, 98.8, 99.8]] }],
  missed: {
    'the body does not gap down': [[99.5, 102.5, 99.4, 100.4]],
    'it has a lower shadow': [[98.9, 101.5, 98, 99.8]],
  },
})

describePattern('CDLSHOOTINGSTAR', {
  found: [{ value: -100, rows: [[102.5, 105.5, 102.4, 103.4]] }],
  missed: {
    'the body does not gap up': [[101.5, 104.5, 101.4, 102.4]],
    'it has a lower shadow': [[102.5, 105.5, 101.5, 103.4]],
  },
})
