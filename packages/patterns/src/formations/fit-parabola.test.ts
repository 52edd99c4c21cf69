import { describe, expect, it } from 'vitest'
import { fitParabola } from './fit-parabola.ts'

const stretch = (values: readonly number[]) => ({ first: 0, last: values.length - 1, level: 80, scale: 20 })

describe('fitParabola', () => {
  it('finds a parabola again: its turn, its curvature, and that it explains everything', () => {
    const values = Array.from({ length: 41 }, (_, i) => 80 + 20 * ((i - 26) / 20) ** 2)
    const { turn, curvature, fit } = fitParabola(Float64Array.from(values), stretch(values))
    expect(turn).toBeCloseTo(0.3, 9)
    expect(curvature).toBeCloseTo(1, 9)
    expect(fit).toBeCloseTo(1, 9)
  })

  it('explains 94 % of a V', () => {
    const values = Array.from({ length: 2001 }, (_, i) => 80 + Math.abs(i - 1000) / 50)
    expect(fitParabola(Float64Array.from(values), stretch(values)).fit).toBeCloseTo(0.9375, 2)
  })

  it('explains nothing of values that do not move', () => {
    expect(fitParabola(new Float64Array(10).fill(80), stretch(new Array(10).fill(80))).fit).toBe(0)
  })
})
