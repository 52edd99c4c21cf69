import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTradingCalendar } from './create-trading-calendar.ts'
import { dateOfDayNumber, dayNumberOf } from './market-time.ts'
import { parseCalendarData } from './parse-calendar-data.ts'

const folder = join(process.env['BANYAN_DEV_DATA'] ?? join(import.meta.dirname, '../../../../shared/data'), 'calendar')
const data = parseCalendarData(
  JSON.parse(readFileSync(new URL('../../../data/calendar/nse.json', import.meta.url), 'utf8')),
)
const calendar = createTradingCalendar(data)
const from = dayNumberOf('2000-01-03')
const to = dayNumberOf('2026-08-21')
const allDates = Array.from({ length: to - from + 1 }, (_, i) => dateOfDayNumber(from + i))

function readRows(name: string): string[][] {
  let text: string
  try {
    text = readFileSync(join(folder, name), 'utf8')
  } catch (cause) {
    throw new Error('development data not present', { cause })
  }
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
}

describe('the calendar file against the development data', () => {
  it('agrees on every date from 2000-01-03 to 2026-08-21', () => {
    const sessions = new Set(readRows('nse_trading_sessions_2000_2026-08-21.csv').map((row) => row[0]))
    expect(sessions.size).toBe(6_624)
    const disagreements = allDates
      .filter((date) => calendar.isTradingDay(date) !== sessions.has(date))
      .map((date) => `${date}: ours ${calendar.isTradingDay(date) ? 'trades' : 'is closed'}`)
    expect(disagreements).toEqual([])
  })

  it('closes exactly the weekdays of the derived list', () => {
    const theirs = readRows('nse_weekday_closures_derived_2000_2026-08-21.csv').map((row) => row[0] ?? '')
    const ours = data.closed.map((day) => day.date).filter((date) => date <= '2026-08-21')
    expect(ours).toEqual(theirs)
  })

  it('holds every special session of the derived list as one of its own', () => {
    const special = new Set(data.special.map((day) => day.date))
    const theirs = readRows('nse_trading_sessions_2000_2026-08-21.csv').filter((row) => row[5]?.startsWith('special'))
    expect(theirs).toHaveLength(34)
    expect(theirs.map((row) => row[0] ?? '').filter((date) => !special.has(date))).toEqual([])
  })

  it('knows every published weekday closure of 2023 and 2026, but for the Bakri Id that was moved by a day', () => {
    const theirs = readRows('nse_published_holidays_2023_2026.csv')
      .filter((row) => !row[2]?.startsWith('SPECIAL') && !['Saturday', 'Sunday'].includes(row[4] ?? ''))
      .map((row) => row[0] ?? '')
    expect(theirs.filter((date) => calendar.isTradingDay(date))).toEqual(['2023-06-28'])
    expect(calendar.holidayName('2023-06-29')).toBe('Bakri Id')
  })
})
