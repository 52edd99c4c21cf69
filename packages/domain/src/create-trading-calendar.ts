import {
  type PhaseSpan,
  type Segment,
  type SessionGroup,
  type SessionPhase,
  type SessionSpan,
  sessionGroups,
  type TradingCalendar,
} from './calendar.ts'
import type { CalendarData, PhaseTimes } from './calendar-data.ts'
import {
  dateOfDayNumber,
  dayNumberOf,
  type EpochMs,
  istDate,
  istDayNumber,
  istTimeOfDayMs,
  midnightOfDayNumber,
  type TradingDate,
} from './market-time.ts'
import { createSegmentDays, isTradingPhase, type SegmentDays } from './segment-days.ts'

/** How far {@link TradingCalendar.nextOpen} and `latestSessionEnd` look before they call the answer unknown. */
const horizonDays = 30

/** A trading day belongs to the instants from here on (stocktrendz.md §2.2: 09:00 IST). */
const tradingDayStartMs = 9 * 3_600_000

/** Returns a calendar that answers from checked data; see `parseCalendarData` and `mergeCalendarData`. */
export function createTradingCalendar(data: CalendarData): TradingCalendar {
  const days = new Map<Segment, SegmentDays>()
  const of = (segment: Segment = 'NSE_CM') => {
    const known = days.get(segment) ?? createSegmentDays(data, segment)
    days.set(segment, known)
    return known
  }
  const lastKnownDate = lastKnownDateOf(data)
  return {
    lastKnownDate,
    isTradingDay: (date, segment) => of(segment).isTradingDay(dayNumberOf(date)),
    phasesOf: (date, segment, group) => toSpans(of(segment).phasesOf(dayNumberOf(date), group), dayNumberOf(date)),
    phaseAt: (instant, segment, group) => phaseAt(of(segment), instant, group),
    isOpen: (instant) => sessionGroups.some((group) => isTradingPhase(phaseAt(of(), instant, group))),
    holidayName: (date, segment) => of(segment).closureName(dayNumberOf(date)),
    nextOpen: (instant, segment) => nextOpen(of(segment), instant),
    tradingDayOf: (instant) => dateOfDayNumber(tradingDayNumberOf(of(), instant)),
    previousTradingDay: (date, segment) => dateOfDayNumber(tradingDayBefore(of(segment), dayNumberOf(date))),
    sessionsOf: (date, segment, group) => sessionsOf(of(segment), dayNumberOf(date), group),
    sessionOf: (date, segment, group) => sessionOf(of(segment), dayNumberOf(date), group),
    latestSessionEnd: (instant, segment, group) => latestSessionEnd(of(segment), instant, group),
    staleness: (instant) => staleness(lastKnownDate, istDate(instant)),
  }
}

/** The file says how far its lists reach; one that does not reaches as far as its last entry. */
function lastKnownDateOf(data: CalendarData): TradingDate {
  const dates = [...data.closed, ...data.special].map((day) => day.date)
  return data.knownTo ?? dates.reduce((latest, date) => (date > latest ? date : latest), '1970-01-01')
}

function toSpans(phases: readonly PhaseTimes[], day: number): PhaseSpan[] {
  const midnight = midnightOfDayNumber(day)
  return phases.map(({ phase, fromMs, toMs }) => ({ phase, from: midnight + fromMs, to: midnight + toMs }))
}

function phaseAt(days: SegmentDays, instant: EpochMs, group?: SessionGroup): SessionPhase {
  const time = istTimeOfDayMs(instant)
  for (const { phase, fromMs, toMs } of days.phasesOf(istDayNumber(instant), group))
    if (time >= fromMs && time < toMs) return phase
  return 'closed'
}

function nextOpen(days: SegmentDays, instant: EpochMs): EpochMs | null {
  const today = istDayNumber(instant)
  for (let day = today; day <= today + horizonDays; day++) {
    const spans = toSpans(days.phasesOf(day), day)
    const next = spans.find((span) => span.phase === 'open' && span.from > instant)
    if (next) return next.from
  }
  return null
}

function tradingDayNumberOf(days: SegmentDays, instant: EpochMs): number {
  const today = istDayNumber(instant)
  const counts = istTimeOfDayMs(instant) >= tradingDayStartMs && days.isTradingDay(today)
  return counts ? today : tradingDayBefore(days, today)
}

/** Ends because the lists are finite and a weekday outside them trades. */
function tradingDayBefore(days: SegmentDays, day: number): number {
  let before = day - 1
  while (!days.isTradingDay(before)) before--
  return before
}

/** Joins trading phases that touch: continuous trading and the closing auction that follows are one session. */
function sessionsOf(days: SegmentDays, day: number, group?: SessionGroup): SessionSpan[] {
  const groups = group ? [group] : sessionGroups
  const trading = groups
    .flatMap((each) => toSpans(days.phasesOf(day, each), day))
    .filter((s) => isTradingPhase(s.phase))
  const sessions: SessionSpan[] = []
  for (const { from, to } of trading.sort((a, b) => a.from - b.from)) {
    const last = sessions.at(-1)
    if (last && from <= last.to) sessions[sessions.length - 1] = { from: last.from, to: Math.max(last.to, to) }
    else sessions.push({ from, to })
  }
  return sessions
}

function sessionOf(days: SegmentDays, day: number, group?: SessionGroup): SessionSpan | null {
  const sessions = sessionsOf(days, day, group)
  const [first, last] = [sessions[0], sessions.at(-1)]
  return first && last ? { from: first.from, to: last.to } : null
}

function latestSessionEnd(days: SegmentDays, instant: EpochMs, group?: SessionGroup): EpochMs | null {
  const today = istDayNumber(instant)
  for (let day = today; day >= today - horizonDays; day--) {
    const end = sessionOf(days, day, group)?.to
    if (end !== undefined && end <= instant) return end
  }
  return null
}

function staleness(lastKnownDate: TradingDate, today: TradingDate): string | null {
  if (today > lastKnownDate)
    return `The holiday list ended on ${lastKnownDate}; since then every weekday counts as a trading day.`
  const endsThisYear = today.slice(0, 4) === lastKnownDate.slice(0, 4)
  if (!endsThisYear || today.slice(5) < '12-15') return null
  return `The holiday list ends on ${lastKnownDate}; the exchange's list for next year is not in yet.`
}
