import type { BookGroup, BookRow } from '@banyan/client'
import { describe, expect, it } from 'vitest'
import { averagePrice, dayMovePercent, pricedRow, sortGroups, splitGroups, unitsOf } from './book-tables.ts'

const unpriced = { source: null, as_of: null, age_ms: null, delay: null }
const row: BookRow = {
  kind: 'holding',
  broker: 'zerodha',
  broker_account: 'AB1234',
  instrument: 'NSE:INFY',
  tradingsymbol: 'INFY',
  product: 'CNC',
  quantity: 10,
  average_price: 1400,
  last_price: null,
  prev_close: null,
  price_from: null,
  owned: true,
  invested: 14_000,
  current_value: null,
  pnl: null,
  day_change: null,
  suspect: false,
  adjusted_for: [],
  ...unpriced,
}

function group(symbol: string, rows: readonly BookRow[], figures: Partial<BookGroup> = {}): BookGroup {
  const sums = { invested: null, current_value: null, pnl: null, pnl_percent: null, day_change: null, delay: null }
  const counts = { unpriced_count: 0, unknown_cost_count: 0 }
  const names = { key: symbol, isin: null, instrument: `NSE:${symbol}`, symbol, name: null, sector: null }
  return { ...names, quantity: 0, ...sums, ...counts, rows: [...rows], ...figures }
}

describe('the tables of a book', () => {
  it('set what is traded only apart, and count its open units', () => {
    const future = { ...row, kind: 'position' as const, owned: false, quantity: -65 }
    const [shares, futures] = [group('INFY', [row], { quantity: 10 }), group('NIFTYFUT', [future, future])]
    expect(splitGroups([futures, shares])).toEqual({ owned: [shares], traded: [futures] })
    expect([unitsOf(shares), unitsOf(futures)]).toEqual([10, -130])
  })

  it('spread the cost over all brokers, and say nothing where a part of it is not known', () => {
    const bought = { quantity: 45, invested: 64_095 }
    expect(averagePrice(group('INFY', [row, row], bought))).toBeCloseTo(1424.33, 2)
    expect(averagePrice(group('INFY', [row, row], { ...bought, unknown_cost_count: 1 }))).toBeNull()
    expect(averagePrice(group('INFY', [row]))).toBe(1400)
  })

  it('take the price that has a close before it', () => {
    const priced = { ...row, last_price: 1510 }
    const both = { ...priced, prev_close: 1500 }
    expect(pricedRow(group('INFY', [row, priced, both]))).toBe(both)
    expect(pricedRow(group('INFY', [row, priced]))).toBe(priced)
    expect(dayMovePercent(both)).toBeCloseTo(0.6667, 4)
    expect([pricedRow(group('INFY', [row])), dayMovePercent(priced)]).toEqual([null, null])
  })

  it('sort by a figure either way, and leave what has none at the end', () => {
    const groups = [group('B', [row], { pnl: null }), group('A', [row], { pnl: -5 }), group('C', [row], { pnl: 7 })]
    const names = (ascending: boolean) => sortGroups(groups, 'pnl', ascending).map(({ symbol }) => symbol)
    expect([names(false), names(true)]).toEqual([
      ['C', 'A', 'B'],
      ['A', 'C', 'B'],
    ])
    expect(sortGroups(groups, 'name', true).map(({ symbol }) => symbol)).toEqual(['A', 'B', 'C'])
  })
})
