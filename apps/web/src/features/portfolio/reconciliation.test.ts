import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reconcile } from './reconciliation.ts'

const sums = {
  invested: null,
  pnl: null,
  pnl_percent: null,
  day_change: null,
  unpriced_count: 0,
  unknown_cost_count: 0,
  delay: null,
}
const at = {
  broker: 'zerodha',
  broker_account: 'A',
  synced_at: '2026-03-12T11:42:07+05:30',
  stale: false,
  row_count: 1,
}
const bookOf = (total: number | null, parts: readonly (number | null)[]) => ({
  totals: { ...sums, current_value: total },
  brokers: parts.map((current_value) => ({ ...at, ...sums, current_value })),
})

describe('reconciling a book', () => {
  it('finds no difference between parts and their sum, whatever floating point makes of them', () => {
    const paise = fc.integer({ min: 0, max: 10_000_000_000 })
    fc.assert(
      fc.property(fc.array(paise, { minLength: 1, maxLength: 12 }), (parts) => {
        const total = parts.reduce((sum, part) => sum + part, 0) / 100
        expect(
          reconcile(
            bookOf(
              total,
              parts.map((part) => part / 100),
            ),
          ),
        ).toEqual({ difference: 0, unpriced: 0 })
      }),
    )
  })

  it('names the paisa that is missing', () => {
    expect(reconcile(bookOf(300.31, [100.1, 200.2])).difference).toBe(0.01)
  })

  it('counts parts without a price and adds up the others', () => {
    expect(reconcile(bookOf(100.1, [100.1, null]))).toEqual({ difference: 0, unpriced: 1 })
    expect(reconcile(bookOf(null, [null]))).toEqual({ difference: null, unpriced: 1 })
  })
})
