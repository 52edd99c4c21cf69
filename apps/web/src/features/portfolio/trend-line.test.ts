import { describe, expect, it } from 'vitest'
import { nearestPoint, trendLine } from './trend-line.ts'

const snapshot = (date: string, total_pnl: number | null) => ({
  date,
  total_pnl,
  invested: null,
  current_value: null,
  holdings_pnl: null,
  positions_pnl: null,
  day_pnl: null,
  unpriced_count: 0,
  stale_brokers: [],
})

describe('the line of a trend', () => {
  it('keeps days apart as they were: a weekend is three times a night', () => {
    const { points } = trendLine([snapshot('2026-03-12', 10), snapshot('2026-03-13', 20), snapshot('2026-03-16', 5)])
    expect(points.map(({ x }) => x)).toEqual([0, 25, 100])
  })

  it('has zero inside the box, below gains and above losses', () => {
    const gains = trendLine([snapshot('2026-03-12', 10), snapshot('2026-03-13', 20)])
    expect([gains.low, gains.high, gains.zeroY]).toEqual([0, 20, 96])
    const losses = trendLine([snapshot('2026-03-12', -10), snapshot('2026-03-13', -20)])
    expect([losses.low, losses.high, losses.zeroY]).toEqual([-20, 0, 4])
  })

  it('draws nothing of one day and leaves out days without a figure', () => {
    expect(trendLine([snapshot('2026-03-12', 10)]).path).toBe('')
    expect(trendLine([snapshot('2026-03-12', 10), snapshot('2026-03-13', null)]).points).toHaveLength(1)
    expect(trendLine([]).points).toEqual([])
  })

  it('finds the point under a pointer', () => {
    const { points } = trendLine([snapshot('2026-03-12', 10), snapshot('2026-03-13', 20), snapshot('2026-03-16', 5)])
    expect([0, 20, 61, 63, 100].map((x) => nearestPoint(points, x))).toEqual([0, 1, 1, 2, 2])
  })
})
