import type { JournalEntry } from '@banyan/client'
import { daysBefore, istDate } from '../../lib/ist.ts'

/** What was closed on one day. */
export interface CalendarDay {
  readonly date: string
  /** Trades closed that day. */
  readonly trades: number
  /** Their sum in rupees; null where no exit price is known, or nothing was closed. */
  readonly pnl: number | null
  /** 0 to 1: how large beside the largest day. */
  readonly share: number
}

const weeks = 53

/** Returns the last 53 weeks, Monday first, up to the date; the last week may be cut short. */
export function calendarWeeks(entries: readonly JournalEntry[], today: string): readonly (readonly CalendarDay[])[] {
  const days = closedByDay(entries)
  const start = calendarStart(today)
  const dates = Array.from({ length: weeks * 7 }, (_, i) => daysBefore(start, -i)).filter((date) => date <= today)
  const largest = Math.max(0, ...dates.map((date) => Math.abs(days.get(date)?.pnl ?? 0)))
  const all = dates.map((date): CalendarDay => {
    const { trades, pnl } = days.get(date) ?? nothing
    return { date, trades, pnl, share: largest === 0 || pnl === null ? 0 : Math.abs(pnl) / largest }
  })
  return Array.from({ length: Math.ceil(all.length / 7) }, (_, week) => all.slice(week * 7, week * 7 + 7))
}

/** Returns the Monday on which the calendar begins. */
export function calendarStart(today: string): string {
  const sinceMonday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
  return daysBefore(today, sinceMonday + (weeks - 1) * 7)
}

const nothing = { trades: 0, pnl: null } as const

function closedByDay(entries: readonly JournalEntry[]) {
  const days = new Map<string, { trades: number; pnl: number | null }>()
  for (const { closed_at: closedAt, pnl } of entries) {
    if (closedAt === null) continue
    const date = istDate(Date.parse(closedAt))
    const before = days.get(date) ?? nothing
    days.set(date, { trades: before.trades + 1, pnl: pnl === null ? before.pnl : (before.pnl ?? 0) + pnl })
  }
  return days
}
