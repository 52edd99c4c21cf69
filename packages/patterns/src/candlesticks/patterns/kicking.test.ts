import { describePattern } from '../pattern-examples.suite.ts'

describePattern('CDLKICKING', {
  found: [
    {
      value: 100,
      rows: [
        [104, 104, 100, 100],
        [105, 109, 105, 109],
      ],
    },
    {
      value: -100,
      rows: [
        [100, 104, 100, 104],
        [99, 99, 95, 95],
      ],
    },
  ],
  missed: {
    'there is no gap': [
      [104, 104, 100, 100],
      [104, 108, 104, 108],
    ],
    'the second has a shadow': [
      [104, 104, 100, 100],
      [105, 110, 105, 109],
    ],
  },
})

describePattern('CDLKICKINGBYLENGTH', {
  found: [
    {
      value: 100,
      rows: [
        [104, 104, 100, 100],
        [105, 110, 105, 110],
      ],
    },
    {
      value: -100,
      rows: [
        [105, 105, 100, 100],
        [106, 110, 106, 110],
      ],
    },
    {
      value: -100,
      rows: [
        [104, 104, 100, 100],
        [105, 109, 105, 109],
      ],
    },
    {
      value: -100,
      rows: [
        [100, 104, 100, 104],
        [99, 99, 94, 94],
      ],
    },
    {
      value: 100,
      rows: [
        [100, 105, 100, 105],
        [99, 99, 95, 95],
      ],
    },
  ],
  missed: {
    'there is no gap': [
      [104, 104, 100, 100],
      [104, 108, 104, 108],
    ],
  },
})
