import { describePattern, type Row } from '../pattern-examples.suite.ts'

const whiteDay: Row = [100, 103, 99, 102]
const engulfsUp: Row = [99.5, 103, 99, 102.5]
const engulfsDown: Row = [102.5, 103, 99, 99.5]

describePattern('CDLENGULFING', {
  found: [
    { value: 100, rows: [engulfsUp] },
    { value: -100, rows: [whiteDay, engulfsDown] },
    { value: 80, rows: [[100, 103, 99, 102.5]] },
    { value: 80, rows: [[99.5, 103, 99, 102]] },
    { value: -80, rows: [whiteDay, [102, 103, 99, 99.5]] },
    { value: -80, rows: [whiteDay, [102.5, 103, 99, 100]] },
  ],
  missed: {
    'the close does not reach the open before': [[99.5, 102, 99, 101.5]],
    'the bodies are equal': [[100, 103, 99, 102]],
    'both are of one colour': [[102.5, 103, 99, 99.5]],
  },
})

describePattern('CDL3OUTSIDE', {
  found: [
    { value: 100, rows: [engulfsUp, [102, 104, 101, 103]] },
    { value: -100, rows: [whiteDay, engulfsDown, [100, 100.5, 98, 99]] },
  ],
  missed: {
    'the third closes back': [engulfsUp, [102, 104, 101, 102]],
    'one end of the bodies is equal': [
      [100, 103, 99, 102.5],
      [102, 104, 101, 103],
    ],
  },
})
