import { describe, expect, it } from 'vitest'
import { type CalibrationBin, calibrationScale, heldCounts } from './calibration-scale.ts'

const bin = (part: Partial<CalibrationBin>): CalibrationBin => ({
  promised: 50,
  records: 3,
  n: 200,
  hits: 100,
  hit_rate: 50,
  interval: [46, 54],
  usual: 51,
  ...part,
})

describe('the calibration plot', () => {
  it('has one round scale for both axes that holds every figure', () => {
    expect(calibrationScale([bin({}), bin({ promised: 57.2, interval: [48.1, 61.3] })])).toEqual({
      low: 45,
      high: 65,
      ticks: [45, 50, 55, 60, 65],
    })
    expect(calibrationScale([bin({ interval: null, usual: 50 })])).toEqual({ low: 50, high: 52, ticks: [50, 52] })
  })

  it('counts where the promise held, of the groups that can tell', () => {
    expect(heldCounts([bin({}), bin({ promised: 60 }), bin({ interval: null })])).toEqual({
      promised: 1,
      usual: 2,
      told: 2,
    })
  })
})
