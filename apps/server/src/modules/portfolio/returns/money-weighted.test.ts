import { addDays } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CashFlow } from './cash-flow.ts'
import { moneyWeightedReturn } from './money-weighted.ts'

const pctOf = (flows: readonly CashFlow[], date: string, value: number): number => {
  const result = moneyWeightedReturn(flows, { date, value })
  if ('unknown' in result) throw new Error(result.unknown)
  return result.pct
}

describe('moneyWeightedReturn', () => {
  it('is the growth itself of money put in a year ago', () => {
    expect(pctOf([{ date: '2025-03-12', amount: 10_000 }], '2026-03-12', 11_200)).toBeCloseTo(12, 6)
  })

  it('compounds: a fifth in half a year is 44 per cent a year', () => {
    // 365 / 2 days are no whole number; 73 days are a fifth of a year: 1.02 ^ 5 = 1.1040808032.
    expect(pctOf([{ date: '2025-12-29', amount: 10_000 }], '2026-03-12', 10_200)).toBeCloseTo(10.40808032, 6)
  })

  it('weighs money by how long it was there: monthly savings that lost at the end', () => {
    const flows = [
      { date: '2025-03-12', amount: 1_000 },
      { date: '2025-09-10', amount: 1_000 },
    ]
    // 1000 x + 1000 x^(183/365) = 1980 has x = 0.98670…: found by hand with a pocket calculator to 5 digits.
    const rate = pctOf(flows, '2026-03-12', 1_980) / 100 + 1
    expect(1_000 * rate + 1_000 * rate ** (183 / 365)).toBeCloseTo(1_980, 5)
    expect(rate).toBeLessThan(1)
  })

  it('counts a sale as money that came back', () => {
    const flows = [
      { date: '2025-03-12', amount: 10_000 },
      { date: '2026-03-12', amount: -11_000 },
    ]
    expect(pctOf(flows, '2026-03-12', 0)).toBeCloseTo(10, 6)
  })

  it('leaves out what comes after the end', () => {
    const flows = [
      { date: '2025-03-12', amount: 10_000 },
      { date: '2026-03-13', amount: 99_999 },
    ]
    expect(pctOf(flows, '2026-03-12', 11_000)).toBeCloseTo(10, 6)
  })

  it.each([
    ['no_trades', [], 100],
    ['no_trades', [{ date: '2026-04-01', amount: 5 }], 100],
    ['too_short', [{ date: '2026-03-12', amount: 100 }], 101],
    ['no_answer', [{ date: '2025-03-12', amount: 100 }], 0],
    ['no_answer', [{ date: '2025-03-12', amount: -100 }], 100],
    [
      'no_answer', // 100 put in, 230 taken out, 132 put in: 10 % and 20 % both fit.
      [
        { date: '2024-03-12', amount: 100 },
        { date: '2025-03-12', amount: -230 },
        { date: '2026-03-12', amount: 132 },
      ],
      0,
    ],
  ] as const)('says %s where there is no one rate', (unknown, flows, value) => {
    expect(moneyWeightedReturn(flows, { date: '2026-03-12', value })).toEqual({ unknown })
  })

  it('finds the rate that made the value, whatever was put in when', () => {
    const deposits = fc.array(fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 100, max: 1_000_000 })), {
      minLength: 1,
      maxLength: 20,
    })
    fc.assert(
      fc.property(deposits, fc.double({ min: 0.5, max: 2, noNaN: true }), (given, factor) => {
        const end = '2026-03-12'
        const flows = given.map(([daysAgo, amount]) => ({ date: addDays(end, -daysAgo), amount }))
        const value = given.reduce((sum, [daysAgo, amount]) => sum + amount * factor ** (daysAgo / 365), 0)
        expect(pctOf(flows, end, value)).toBeCloseTo((factor - 1) * 100, 5)
      }),
    )
  })
})
