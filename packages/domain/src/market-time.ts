/** Milliseconds since 1970-01-01T00:00Z, an integer. */
export type EpochMs = number & { readonly __brand?: 'EpochMs' }

/** `YYYY-MM-DD` in Asia/Kolkata. */
export type TradingDate = string & { readonly __brand?: 'TradingDate' }

/** India has one offset, UTC+05:30, and no daylight saving since 1945, so it is arithmetic and needs no time-zone data. */
export const istOffsetMs = 19_800_000
export const dayMs = 86_400_000

/** Returns the IST date an instant falls on. */
export function istDate(instant: EpochMs): TradingDate {
  return new Date(instant + istOffsetMs).toISOString().slice(0, 10)
}

/** Returns milliseconds since IST midnight, 0 ≤ result < 86,400,000. */
export function istTimeOfDayMs(instant: EpochMs): number {
  return (((instant + istOffsetMs) % dayMs) + dayMs) % dayMs
}

/** Returns the number of whole IST days from 1970-01-01 to the day an instant falls on; negative before. */
export function istDayNumber(instant: EpochMs): number {
  return Math.floor((instant + istOffsetMs) / dayMs)
}

/**
 * Returns the day number ({@link istDayNumber}) of an existing date by arithmetic alone: calendars are asked once per tick
 * and per candle, where `Date.parse` costs ten times as much.
 */
export function dayNumberOf(date: TradingDate): number {
  const month = twoDigits(date, 5)
  // Years that begin in March put the leap day last; 400 of them repeat (146,097 days).
  const year = twoDigits(date, 0) * 100 + twoDigits(date, 2) - (month <= 2 ? 1 : 0)
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + twoDigits(date, 8) - 1
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + dayOfYear - 719_468
}

function twoDigits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 48 * 11
}

/** Returns the date of a day number, the inverse of {@link dayNumberOf}. */
export function dateOfDayNumber(dayNumber: number): TradingDate {
  return new Date(dayNumber * dayMs).toISOString().slice(0, 10)
}

/** Returns the instant of 00:00 IST of a day number. */
export function midnightOfDayNumber(dayNumber: number): EpochMs {
  return dayNumber * dayMs - istOffsetMs
}

/** Returns the instant of 00:00 IST of a date. The date must exist; see {@link parseTradingDate}. */
export function istMidnight(date: TradingDate): EpochMs {
  return midnightOfDayNumber(dayNumberOf(date))
}

/** Returns the date when the text is an existing day written `YYYY-MM-DD`, else null (`2026-02-30` is null). */
export function parseTradingDate(text: string): TradingDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const instant = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== text ? null : text
}

/** Returns the date `days` calendar days later (earlier when negative). */
export function addDays(date: TradingDate, days: number): TradingDate {
  return dateOfDayNumber(dayNumberOf(date) + days)
}

/** Returns 0 for Sunday to 6 for Saturday. */
export function weekday(date: TradingDate): number {
  return weekdayOfDayNumber(dayNumberOf(date))
}

/** Returns 0 for Sunday to 6 for Saturday of a day number; 1970-01-01 was a Thursday. */
export function weekdayOfDayNumber(dayNumber: number): number {
  return (((dayNumber + 4) % 7) + 7) % 7
}

/** Renders `2026-03-12T11:42:07+05:30`; milliseconds appear only when they are not zero. */
export function formatIst(instant: EpochMs): string {
  const text = new Date(instant + istOffsetMs).toISOString()
  return `${text.endsWith('.000Z') ? text.slice(0, 19) : text.slice(0, 23)}+05:30`
}

const timestampForm =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d{2}):?(\d{2}))$/

/**
 * Returns the instant of an ISO 8601 timestamp with an explicit offset (`Z`, `+05:30` or `+0530`), else null.
 * A text without offset is refused: `new Date` would take the host's zone. Digits beyond milliseconds are cut off.
 */
export function parseTimestamp(text: string): EpochMs | null {
  const match = timestampForm.exec(text)
  const date = match?.[1] && parseTradingDate(match[1])
  if (!match || !date) return null
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)]
  const [offsetHour, offsetMinute] = [Number(match[7] ?? 0), Number(match[8] ?? 0)]
  if (hour > 23 || minute > 59 || second > 59 || offsetMinute > 59) return null
  const offset = (offsetHour * 60 + offsetMinute) * (match[6] === '-' ? -1 : 1)
  if (Math.abs(offset) > 14 * 60) return null
  const millis = Number((match[5] ?? '').padEnd(3, '0').slice(0, 3))
  return dayNumberOf(date) * dayMs + ((hour * 60 + minute - offset) * 60 + second) * 1000 + millis
}
