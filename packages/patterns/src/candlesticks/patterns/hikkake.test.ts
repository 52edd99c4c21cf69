import { describePattern, type Row } from '../pattern-examples.suite.ts'

const inside: Row = [101, 102.5, 99.5, 101.5]
const leftBelow: Row = [100, 102, 99, 101]
const leftAbove: Row = [102, 103, 100, 102.5]
const still: Row = [100, 102, 99, 101]

describePattern('CDLHIKKAKE', {
  found: [
    { value: 100, rows: [inside, leftBelow] },
    { value: -100, rows: [inside, leftAbove] },
    { value: 200, rows: [inside, leftBelow, [101, 103.5, 100.5, 103]] },
    { value: 200, rows: [inside, leftBelow, still, still, [101, 103.5, 99, 103]] },
    { value: -200, rows: [inside, leftAbove, [101, 102, 98, 99]] },
  ],
  missed: {
    'the inside bar is left on both sides': [inside, [100, 103, 99, 101]],
    'the first bar is not inside': [
      [101, 103, 99.5, 101.5],
      [100, 102, 99, 101],
    ],
    'the close only reaches the inside bar': [inside, leftBelow, [101, 103.5, 100.5, 102.5]],
    'the confirmation is the fourth candle': [inside, leftBelow, still, still, still, [101, 103.5, 99, 103]],
    'it was confirmed before': [inside, leftBelow, [101, 103.5, 100.5, 103], [101, 103.5, 100.5, 103]],
  },
})

const closesLow: Row = [101, 102.5, 99.5, 99.8]
const closesHigh: Row = [100, 102.5, 99.5, 102.3]
const nested: Row = [100, 102, 99.7, 101]

describePattern('CDLHIKKAKEMOD', {
  found: [
    { value: 100, rows: [closesLow, nested, [100, 101.5, 99.6, 100.5]] },
    { value: -100, rows: [closesHigh, nested, [101, 102.4, 99.9, 102]] },
    { value: 200, rows: [closesLow, nested, [100, 101.5, 99.6, 100.5], [101, 103, 100, 102.5]] },
    { value: -200, rows: [closesHigh, nested, [101, 102.4, 99.9, 102], [101, 102, 99, 99.5]] },
  ],
  missed: {
    'the first inside bar closes in the middle': [[101, 102.5, 99.5, 101.2], nested, [100, 101.5, 99.6, 100.5]],
    'the first inside bar closes near the other end': [closesHigh, nested, [100, 101.5, 99.6, 100.5]],
    'the second bar is not inside the first': [closesLow, [100, 102.5, 99.7, 101], [100, 101.5, 99.6, 100.5]],
  },
})
