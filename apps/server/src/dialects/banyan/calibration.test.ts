import { expect, it } from 'vitest'
import { toCalibration } from './calibration.ts'

it('renders what was promised and what came of it by the contract, rates with two decimals', () => {
  const bin = { promised: 47.1234, records: 9, n: 1_402, hits: 661, hitRate: 47.1469, usual: 48.555 }
  const body = toCalibration({
    number: 1,
    asOf: 0,
    revision: '1',
    horizons: [5],
    costPct: 0.25,
    priorWeight: 50,
    instruments: 1,
    candles: 1,
    edges: [],
    calibration: [
      {
        timeframe: 'day',
        horizon: 5,
        split: Date.parse('2017-12-17T00:00:00+05:30'),
        bins: [
          { ...bin, interval: [44.2049, 50.1] },
          { ...bin, interval: null },
        ],
      },
    ],
  })
  const rendered = { promised: 47.12, records: 9, n: 1_402, hits: 661, hit_rate: 47.15, usual: 48.56 }
  expect(body).toEqual([
    {
      timeframe: '1d',
      horizon: { bars: 5, timeframe: '1d' },
      split_at: '2017-12-17T00:00:00+05:30',
      bins: [
        { ...rendered, interval: [44.2, 50.1] },
        { ...rendered, interval: null },
      ],
    },
  ])
  expect(toCalibration(null)).toEqual([])
})
