import fc from 'fast-check'
import { expect, it } from 'vitest'
import { falseDiscoveryRates } from './false-discovery-rates.ts'

it('gives the rates of a worked example', () => {
  // Ranks 1 to 5 of five tests: 0.01 · 5, 0.02 · 5 ÷ 2, 0.03 · 5 ÷ 3, 0.04 · 5 ÷ 4, 0.5; the least from there on.
  const rates = falseDiscoveryRates([0.04, 0.01, 0.5, 0.03, 0.02])
  for (const [i, rate] of [0.05, 0.05, 0.5, 0.05, 0.05].entries()) expect(rates[i]).toBeCloseTo(rate, 12)
  expect(falseDiscoveryRates([])).toEqual([])
})

it('accepts at every level what the step-up procedure accepts', () => {
  const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(chances, fc.constantFrom(0.01, 0.1, 0.3), (all, level) => {
      const sorted = all.toSorted((a, b) => a - b)
      const accepted = sorted.findLastIndex((p, i) => p * all.length <= level * (i + 1))
      const rates = falseDiscoveryRates(all)
      expect(rates.filter((rate) => rate <= level * (1 + 1e-12))).toHaveLength(accepted + 1)
    }),
  )
})
