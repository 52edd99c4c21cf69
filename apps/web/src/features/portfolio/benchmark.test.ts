import { describe, expect, it } from 'vitest'
import { rebase } from './benchmark.ts'
import { trendLine } from './trend-line.ts'

const snapshot = (date: string, total_pnl: number | null, current_value: number | null = 2_00_000) => ({
  date,
  total_pnl,
  current_value,
  invested: null,
  holdings_pnl: null,
  positions_pnl: null,
  day_pnl: null,
  unpriced_count: 0,
  stale_brokers: [],
})
const candle = (date: string, close: number) => ({ time: `${date}T00:00:00+05:30`, close })

describe('an index beside the trend', () => {
  const trend = [snapshot('2026-03-12', 1_000), snapshot('2026-03-13', 2_000), snapshot('2026-03-16', 5_000)]

  it('is what the value of the first day would have gained, on top of what it had made by then', () => {
    const closes = [candle('2026-03-12', 20_000), candle('2026-03-13', 20_200), candle('2026-03-16', 19_800)]
    expect(rebase(trend, closes)).toEqual({
      from: '2026-03-12',
      value: 2_00_000,
      days: [
        { date: '2026-03-12', pnl: 1_000, percent: 0 },
        { date: '2026-03-13', pnl: expect.closeTo(3_000), percent: expect.closeTo(1) },
        { date: '2026-03-16', pnl: expect.closeTo(-1_000), percent: expect.closeTo(-1) },
      ],
    })
  })

  it('takes the last close over a weekend, and none that is older', () => {
    const days = (closes: Parameters<typeof rebase>[1]) => rebase(trend, closes)?.days.map(({ date }) => date)
    expect(days([candle('2026-03-12', 100)])).toEqual(['2026-03-12', '2026-03-13', '2026-03-16'])
    expect(days([candle('2026-03-09', 100)])).toEqual(['2026-03-12', '2026-03-13'])
    expect(days([candle('2021-06-09', 100)])).toBeUndefined()
    expect(days([candle('2026-03-16', 100)])).toBeUndefined()
  })

  it('begins where there is a value to begin with', () => {
    const late = [snapshot('2026-03-11', 0, null), snapshot('2026-03-12', null), ...trend.slice(1)]
    const closes = [candle('2026-03-11', 100), candle('2026-03-13', 100), candle('2026-03-16', 110)]
    expect(rebase(late, closes)).toMatchObject({
      from: '2026-03-13',
      days: [{ pnl: 2_000 }, { pnl: expect.closeTo(22_000) }],
    })
    expect(rebase([snapshot('2026-03-12', 5, 0), snapshot('2026-03-13', 5, 0)], closes)).toBeNull()
  })

  it('has room in the box and a place for each of its days', () => {
    const closes = [candle('2026-03-12', 100), candle('2026-03-13', 110), candle('2026-03-16', 90)]
    const line = trendLine(trend, rebase(trend, closes)?.days)
    expect([line.low, line.high].map(Math.round)).toEqual([-19_000, 21_000])
    expect(line.benchmarkPath).toBe('M0.00 50.00L25.00 4.00L100.00 96.00')
    expect(trendLine(trend).benchmarkPath).toBe('')
  })
})
