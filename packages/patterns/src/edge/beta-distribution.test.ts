import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { betaQuantile, betaShare } from './beta-distribution.ts'

/** x or p, a, b and the value, computed with 50 digits from the power series DLMF 8.17.8 rounded to doubles. */
const quantiles = [
  [0.05, 1437.6, 1152.4, 0.5389744702090323],
  [0.95, 1437.6, 1152.4, 0.571093008222424],
  [0.05, 239.6, 222.4, 0.4803679906084073],
  [0.95, 239.6, 222.4, 0.5567697143286844],
  [0.05, 0.05, 80, 7.00891399154464e-29],
  [0.95, 0.05, 80, 0.003338396412555222],
  [0.05, 3.2, 0.7, 0.4597754023007336],
  [0.95, 3.2, 0.7, 0.9960290058881553],
  [0.05, 30, 50, 0.2882694618690144],
  [0.95, 30, 50, 0.4653068043525461],
  [0.05, 120.5, 119.5, 0.44908093477390837],
  [0.95, 5, 995, 0.009139068061846861],
  [0.05, 2_000, 98_000, 0.019277293835849516],
  [0.05, 0.3, 49.7, 6.506552514024104e-7],
  [0.95, 45.5, 0.4, 0.9999908264444993],
] as const
const shares = [
  [0.5, 10, 20, 0.9692858271300793],
  [0.3, 2.5, 7.5, 0.6789434858661816],
  [0.512, 1_412, 1_129, 5.107378788695057e-6],
  [0.9, 0.1, 0.2, 0.7804880320024467],
  [1e-5, 0.01, 3, 0.9046640856116699],
  [0.99, 1_000, 3, 0.0026356046544206667],
  [0.51, 5_200, 4_801, 0.02325997249747181],
  [0.52, 3_000, 3_001, 0.9990729769584683],
  [1e-9, 0.5, 2_000, 0.0015956683259062752],
  [0.3, 900, 700, 2.8656438676785345e-105],
] as const

function apart(value: number, expected: number): number {
  return Math.abs(value / expected - 1)
}

describe('betaQuantile', () => {
  it('gives known values to 1e-12', () => {
    for (const [p, a, b, x] of quantiles) expect(apart(betaQuantile(p, a, b), x)).toBeLessThan(1e-12)
  })

  it('gives the closed forms of Beta(a, 1), Beta(1, b) and the arcsine distribution', () => {
    for (const p of [0.001, 0.05, 0.5, 0.95, 0.999]) {
      expect(apart(betaQuantile(p, 7.3, 1), p ** (1 / 7.3))).toBeLessThan(1e-10)
      expect(apart(betaQuantile(p, 1, 1e6), -Math.expm1(Math.log1p(-p) / 1e6))).toBeLessThan(1e-10)
      expect(apart(betaQuantile(p, 0.5, 0.5), Math.sin((Math.PI * p) / 2) ** 2)).toBeLessThan(1e-10)
    }
  })

  it('inverts betaShare', () => {
    const parameter = fc.double({ min: -2, max: 5, noNaN: true }).map((exponent) => 10 ** exponent)
    fc.assert(
      fc.property(parameter, parameter, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (a, b, p) => {
        const x = betaQuantile(p, a, b)
        // Where all weight lies closer to an end than doubles do, no x gives p.
        fc.pre(x > 1e-300 && x < 1 - 1e-6)
        expect(Math.abs(betaShare(x, a, b) - p)).toBeLessThan(1e-9)
      }),
      { numRuns: 2_000 },
    )
  })

  it('lies at the end that has all weight', () => {
    expect(betaQuantile(0.05, 0, 10)).toBe(0)
    expect(betaQuantile(0.95, 10, 0)).toBe(1)
    expect(betaQuantile(0.05, 0.001, 10)).toBe(0)
    expect(betaQuantile(0.95, 10, 0.001)).toBeCloseTo(1, 14)
  })
})

describe('betaShare', () => {
  it('gives known values to 1e-12', () => {
    for (const [x, a, b, share] of shares) expect(apart(betaShare(x, a, b), share)).toBeLessThan(1e-12)
  })

  it('gives the exact binomial tail, counted in whole numbers', () => {
    for (const [n, hits] of [
      [1, 1],
      [12, 7],
      [40, 25],
      [60, 59],
      [200, 120],
    ] as const) {
      // Draws of probability 3/8: Σ C(n, i) 3^i 5^(n − i) ÷ 8^n.
      let tail = 0n
      let choose = 1n
      for (let i = 0; i <= n; i++) {
        if (i >= hits) tail += choose * 3n ** BigInt(i) * 5n ** BigInt(n - i)
        choose = (choose * BigInt(n - i)) / BigInt(i + 1)
      }
      const digits = 10n ** 60n
      expect(
        apart(betaShare(3 / 8, hits, n - hits + 1), Number((tail * digits) / 8n ** BigInt(n)) / 1e60),
      ).toBeLessThan(1e-12)
    }
  })

  it('is 0 and 1 at the ends', () => {
    expect([betaShare(0, 2, 3), betaShare(1, 2, 3)]).toEqual([0, 1])
    expect([betaShare(0.5, 0, 3), betaShare(0.5, 3, 0)]).toEqual([1, 0])
  })
})
