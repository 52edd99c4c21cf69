import { describe, expect, it } from 'vitest'
import { binomialTail, clusteredTail } from './chance.ts'

describe('binomialTail', () => {
  it('gives the probability of at least so many hits', () => {
    expect(binomialTail(10, 0, 0.5)).toBe(1)
    expect(binomialTail(10, 10, 0.5)).toBeCloseTo(2 ** -10, 14)
    expect(binomialTail(3, 2, 0.5)).toBeCloseTo(0.5, 14)
    expect(binomialTail(5, 5, 1)).toBe(1)
  })
})

describe('clusteredTail', () => {
  it('gives the tail of Student’s t', () => {
    // Sums 3, 1, 2: t = 6 ÷ √14 with 2 degrees of freedom, whose tail is ½ − t ÷ (2√(2 + t²)).
    const t = 6 / Math.sqrt(14)
    expect(clusteredTail([3, 1, 2])).toBeCloseTo(0.5 - t / (2 * Math.sqrt(2 + t * t)), 13)
    expect(clusteredTail([-3, -1, -2])).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 13)
  })

  it('takes one cluster, or none that stands out, for no proof', () => {
    expect(clusteredTail([])).toBe(1)
    expect(clusteredTail([40])).toBe(1)
    expect(clusteredTail([0, 0])).toBe(1)
    expect(clusteredTail([20, 20])).toBeGreaterThan(0.1)
  })
})
