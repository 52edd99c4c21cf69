import { describePattern, type Row } from '../pattern-examples.suite.ts'

const down: readonly Row[] = [
  [105, 105.5, 99.5, 100],
  [98.5, 99, 97.5, 98],
  [97.5, 98.5, 96.5, 97.8],
  [97, 98, 95.5, 96],
]
const up: readonly Row[] = [
  [100, 105.5, 99.5, 105],
  [106.5, 107.5, 106, 107],
  [107.5, 108.5, 107, 107.2],
  [108, 109.5, 107.5, 109],
]

describePattern('CDLBREAKAWAY', {
  found: [
    { value: 100, rows: [...down, [96, 99.8, 95.5, 99.2]] },
    { value: -100, rows: [...up, [109, 109.5, 105.2, 105.8]] },
  ],
  missed: {
    'the last closes the gap': [...down, [96, 101, 95.5, 100.5]],
    'the last does not reach the gap': [...down, [96, 98.8, 95.5, 98.4]],
    'the third does not go on': [
      [105, 105.5, 99.5, 100],
      [98.5, 99, 97.5, 98],
      [97.5, 99, 96.5, 97.8],
      [97, 98, 95.5, 96],
      [96, 99.8, 95.5, 99.2],
    ],
  },
})
