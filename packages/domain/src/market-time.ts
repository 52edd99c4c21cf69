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

/** Returns the instant of 00:00 IST of a date. The date must exist; see {@link parseTradingDate}. */
export function istMidnight(date: TradingDate): EpochMs {
  return Date.parse(`${date}T00:00:00Z`) - istOffsetMs
}

/** Returns the date when the text is an existing day written `YYYY-MM-DD`, else null (`2026-02-30` is null). */
export function parseTradingDate(text: string): TradingDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const instant = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== text ? null : text
}

/** Returns the date `days` calendar days later (earlier when negative). */
export function addDays(date: TradingDate, days: number): TradingDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

/** Returns 0 for Sunday to 6 for Saturday. */
export function weekday(date: TradingDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay()
}

/** Renders `2026-03-12T11:42:07+05:30`; milliseconds appear only when they are not zero. */
export function formatIst(instant: EpochMs): string {
  const text = new Date(instant + istOffsetMs).toISOString()
  return `${text.endsWith('.000Z') ? text.slice(0, 19) : text.slice(0, 23)}+05:30`
}

/**
 * Returns the instant of an ISO 8601 timestamp with an explicit offset (`Z`, `+05:30` or `+0530`), else null.
 * A text without offset is refused: `new Date` would take the host's zone.
 */
export function parseTimestamp(text: string): EpochMs | null {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})$/.exec(text)
  const date = match?.[1] && parseTradingDate(match[1])
  if (!match || !date) return null
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)]
  if (hour > 23 || minute > 59 || second > 59) return null
  const zone = match[6] ?? 'Z'
  const offsetMinutes = zone === 'Z' ? 0 : Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  if (offsetMinutes > 14 * 60) return null
  const millis = Math.floor(Number(`0.${match[5] ?? '0'}`) * 1000)
  const utc = Date.parse(`${date}T00:00:00Z`) + ((hour * 60 + minute) * 60 + second) * 1000 + millis
  return utc - (zone.startsWith('-') ? -1 : 1) * offsetMinutes * 60_000
}
