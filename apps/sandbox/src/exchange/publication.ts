import { type EpochMs, istMidnight, type TradingCalendar, type TradingDate, weekday } from '@banyan/domain'

/** Files of a day appear at 18:00 IST, or half an hour after the end of a session in the evening. */
const publishedAtMs = 18 * 3_600_000
const afterSessionMs = 30 * 60_000
const saturday = 6

/** How a host treats dates on which nothing was traded. */
export interface HostHabit {
  /** Under the name of a weekday holiday or a Sunday lies the file of the session before (upstreams.md §5.5); else nothing does. */
  readonly repeatsOnHolidays: boolean
}

/** Returns the session whose file lies under the name of a date at an instant; null while there is none. */
export function sessionUnder(
  date: TradingDate,
  now: EpochMs,
  calendar: TradingCalendar,
  { repeatsOnHolidays }: HostHabit,
): TradingDate | null {
  const session = calendar.sessionOf(date)
  const publishedAt = Math.max(istMidnight(date) + publishedAtMs, (session?.to ?? 0) + afterSessionMs)
  if (now < publishedAt) return null
  if (session !== null) return date
  return repeatsOnHolidays && weekday(date) !== saturday ? sessionBefore(date, calendar) : null
}

/** Returns the latest session before a date whose times are known: of one without times there are no prices. */
export function sessionBefore(date: TradingDate, calendar: TradingCalendar): TradingDate {
  let before = calendar.previousTradingDay(date)
  while (calendar.sessionOf(before) === null) before = calendar.previousTradingDay(before)
  return before
}
