import type { Segment, SessionGroup, SessionPhase } from './calendar.ts'
import type { CalendarData, PhaseTimes } from './calendar-data.ts'
import { dayNumberOf, weekdayOfDayNumber } from './market-time.ts'

/** The days of one segment by day number, looked up without parsing or building anything: asked once per tick. */
export interface SegmentDays {
  isTradingDay(day: number): boolean
  /** Returns the phases in times of day, ascending; empty when closed or when the times are not known. */
  phasesOf(day: number, group?: SessionGroup): readonly PhaseTimes[]
  /** Returns the name of a closure; null when there is none or it has no name. */
  closureName(day: number): string | null
}

interface HoursFrom {
  readonly fromDay: number
  readonly phases: readonly PhaseTimes[]
}

const none: readonly PhaseTimes[] = []

/** Returns the look-up for one segment; builds it once from the lists. */
export function createSegmentDays(data: CalendarData, segment: Segment): SegmentDays {
  const closed = new Map<number, string | null>()
  for (const day of data.closed) if (day.segments.includes(segment)) closed.set(dayNumberOf(day.date), day.name)
  const special = new Map<number, readonly PhaseTimes[] | 'regular' | null>()
  for (const day of data.special) if (day.segments.includes(segment)) special.set(dayNumberOf(day.date), day.phases)
  const hours = {
    auction: hoursOf(data, segment, 'auction'),
    continuous: hoursOf(data, segment, 'continuous'),
  } satisfies Record<SessionGroup, readonly HoursFrom[]>

  const isTradingDay = (day: number) => special.has(day) || (!closed.has(day) && isWeekday(day))
  return {
    isTradingDay,
    phasesOf(day, group = 'auction') {
      if (!isTradingDay(day)) return none
      const own = special.get(day)
      return own === undefined || own === 'regular' ? regularPhases(hours[group], day) : (own ?? none)
    },
    closureName: (day) => closed.get(day) ?? null,
  }
}

/** True for continuous trading and the closing auction. */
export function isTradingPhase(phase: SessionPhase): boolean {
  return phase === 'open' || phase === 'closing_auction'
}

function isWeekday(day: number): boolean {
  const weekday = weekdayOfDayNumber(day)
  return weekday !== 0 && weekday !== 6
}

/** Returns the rows that apply to the group, latest first; of two with one start the row of the group itself wins. */
function hoursOf(data: CalendarData, segment: Segment, group: SessionGroup): HoursFrom[] {
  return data.hours
    .filter((row) => row.segment === segment && (row.group === null || row.group === group))
    .sort((a, b) =>
      a.from === b.from ? Number(a.group === null) - Number(b.group === null) : a.from < b.from ? 1 : -1,
    )
    .map((row) => ({ fromDay: dayNumberOf(row.from), phases: row.phases }))
}

function regularPhases(latestFirst: readonly HoursFrom[], day: number): readonly PhaseTimes[] {
  return latestFirst.find((row) => day >= row.fromDay)?.phases ?? none
}
