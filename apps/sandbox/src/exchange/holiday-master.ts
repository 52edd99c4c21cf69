import { addDays, type Segment, type TradingCalendar, type TradingDate, weekday } from '@banyan/domain'
import { spelledDate } from './spelled-date.ts'

const segments = { CM: 'NSE_CM', FO: 'NSE_FO', CD: 'NSE_CD' } as const satisfies Record<string, Segment>
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

/** Returns the weekdays of a date's year on which a segment is closed, by the exchange's names of segments. */
export function holidayMaster(calendar: TradingCalendar, on: TradingDate): object {
  const days = weekdaysOf(on.slice(0, 4))
  return Object.fromEntries(
    Object.entries(segments).map(([name, segment]) => [
      name,
      days
        .filter((date) => !calendar.isTradingDay(date, segment))
        .map((date, i) => ({
          tradingDate: spelledDate(date),
          weekDay: weekdays[weekday(date)],
          description: calendar.holidayName(date, segment) ?? 'Trading holiday',
          Sr_no: i + 1,
        })),
    ]),
  )
}

function weekdaysOf(year: string): readonly TradingDate[] {
  const days: TradingDate[] = []
  for (let date = `${year}-01-01`; date.startsWith(year); date = addDays(date, 1)) {
    if (weekday(date) !== 0 && weekday(date) !== 6) days.push(date)
  }
  return days
}
