import type { JournalEntry } from '@banyan/client'
import { describe, expect, it } from 'vitest'
import { calendarStart, calendarWeeks } from './calendar-days.ts'

function entry(closed_at: string | null, pnl: number | null): JournalEntry {
  const times = { opened_at: '2026-03-02T10:00:00+05:30', closed_at, created_at: '', updated_at: '' }
  const amounts = { quantity: 1, price: 100, exit_price: null, fees: 0, pnl }
  return {
    id: 'j',
    symbol: 'NSE:TCS',
    side: 'buy',
    notes: '',
    tags: [],
    rating: null,
    patterns_at_entry: null,
    ...times,
    ...amounts,
  }
}

describe('the calendar of the journal', () => {
  it('has 53 weeks from a Monday to the day itself, whatever weekday that is', () => {
    for (const today of ['2026-03-09', '2026-03-12', '2026-03-15']) {
      const weeks = calendarWeeks([], today)
      expect(weeks).toHaveLength(53)
      expect(weeks[0]?.[0]?.date).toBe(calendarStart(today))
      expect(new Date(`${calendarStart(today)}T00:00:00Z`).getUTCDay()).toBe(1)
      expect(weeks.at(-1)?.at(-1)?.date).toBe(today)
    }
  })

  it('adds what was closed on the same day in India, and leaves open trades out', () => {
    const entries = [
      entry('2026-03-11T23:50:00+05:30', 100),
      entry('2026-03-11T18:25:00Z', -40.5), // 23:55 in India
      entry('2026-03-11T18:35:00Z', 7), // already the 12th
      entry(null, null),
    ]
    const days = calendarWeeks(entries, '2026-03-12').flat()
    expect(days.slice(-2)).toEqual([
      { date: '2026-03-11', trades: 2, pnl: 59.5, share: 1 },
      { date: '2026-03-12', trades: 1, pnl: 7, share: 7 / 59.5 },
    ])
    expect(days.filter(({ trades }) => trades > 0)).toHaveLength(2)
  })

  it('counts a close without a price and invents none', () => {
    const last = calendarWeeks([entry('2026-03-12T12:00:00+05:30', null)], '2026-03-12')
      .flat()
      .at(-1)
    expect(last).toEqual({ date: '2026-03-12', trades: 1, pnl: null, share: 0 })
  })
})
