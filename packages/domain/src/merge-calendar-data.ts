import type { Segment } from './calendar.ts'
import type { CalendarData, SegmentHours } from './calendar-data.ts'
import type { TradingDate } from './market-time.ts'

interface DayEntry {
  readonly date: TradingDate
  readonly segments: readonly Segment[]
}

/**
 * Returns `base` with `overrides` laid over it. What the overrides say of a date and segment (closed, special or reopened)
 * replaces all that the base says of it; an hours row replaces the one with the same segment, group and start. The cover grows
 * to the later `knownTo` and the earlier `knownFrom`; the version names both files.
 */
export function mergeCalendarData(base: CalendarData, overrides: CalendarData): CalendarData {
  const told = new Set([...overrides.closed, ...overrides.special, ...overrides.reopened].flatMap(keysOf))
  const replacedHours = new Set(overrides.hours.map(hoursKey))
  return {
    version: `${base.version}+${overrides.version}`,
    knownFrom: pick(base.knownFrom, overrides.knownFrom, (a, b) => a < b),
    knownTo: pick(base.knownTo, overrides.knownTo, (a, b) => a > b),
    hours: [...base.hours.filter((row) => !replacedHours.has(hoursKey(row))), ...overrides.hours],
    closed: [...without(base.closed, told), ...overrides.closed],
    special: [...without(base.special, told), ...overrides.special],
    reopened: [...without(base.reopened, told), ...overrides.reopened],
  }
}

function keysOf(day: DayEntry): string[] {
  return day.segments.map((segment) => `${day.date} ${segment}`)
}

function hoursKey(row: SegmentHours): string {
  return `${row.segment} ${row.group} ${row.from}`
}

/** Returns the days with the told segments taken out; a day with none left goes. */
function without<Day extends DayEntry>(days: readonly Day[], told: ReadonlySet<string>): Day[] {
  return days
    .map((day) => ({ ...day, segments: day.segments.filter((segment) => !told.has(`${day.date} ${segment}`)) }))
    .filter((day) => day.segments.length > 0)
}

function pick(
  a: TradingDate | null,
  b: TradingDate | null,
  wins: (a: TradingDate, b: TradingDate) => boolean,
): TradingDate | null {
  if (a === null || b === null) return a ?? b
  return wins(a, b) ? a : b
}
