import {
  addDays,
  type Clock,
  type EpochMs,
  istDate,
  istMidnight,
  type MarketClock,
  type SessionPhase,
  type TradingCalendar,
  type TradingDate,
} from '@banyan/domain'

export interface MarketStatus {
  readonly mode: 'live' | 'replay'
  readonly recordedDate: TradingDate | null
  readonly isOpen: boolean
  readonly phase: SessionPhase
  /** Wall-clock instant; null when no session is known within 30 days. */
  readonly nextOpen: EpochMs | null
  readonly holiday: string | null
  /** Null in replay, which asks the calendar about the recorded date only. */
  readonly calendarWarning: string | null
  readonly calendarKnownTo: TradingDate
}

interface StatusParts {
  readonly calendar: TradingCalendar
  readonly marketClock: MarketClock
  readonly wallClock: Clock
}

/** Returns the function that gives the status of now: the same object until a phase or a day begins. */
export function createStatusReader(parts: StatusParts): () => MarketStatus {
  let held: { readonly from: EpochMs; readonly to: EpochMs; readonly status: MarketStatus } | null = null
  return () => {
    const now = parts.marketClock.now()
    if (held === null || now < held.from || now >= held.to) {
      held = { from: now, to: nextBoundary(parts.calendar, now), status: statusAt(parts, now) }
    }
    return held.status
  }
}

function statusAt({ calendar, marketClock, wallClock }: StatusParts, now: EpochMs): MarketStatus {
  return {
    mode: marketClock.mode,
    recordedDate: marketClock.recordedDate,
    isOpen: calendar.isOpen(now),
    phase: calendar.phaseAt(now),
    nextOpen: nextOpen(calendar, marketClock, now),
    holiday: calendar.holidayName(istDate(now)),
    calendarWarning: marketClock.mode === 'live' ? calendar.staleness(wallClock.now()) : null,
    calendarKnownTo: calendar.lastKnownDate,
  }
}

/** A replay comes back to its recorded date again and again: its next opening is that date's, the next time it is reached. */
function nextOpen(calendar: TradingCalendar, clock: MarketClock, now: EpochMs): EpochMs | null {
  const opening = clock.recordedDate === null ? calendar.nextOpen(now) : calendar.sessionOf(clock.recordedDate)?.from
  if (opening === null || opening === undefined) return null
  const wall = clock.wallTimeOf(opening)
  return Number.isFinite(wall) ? wall : null
}

/** Returns the next instant at which any part of the status can differ: a phase of either group begins or ends, or a day begins. */
function nextBoundary(calendar: TradingCalendar, now: EpochMs): EpochMs {
  const date = istDate(now)
  const spans = [...calendar.phasesOf(date, 'NSE_CM', 'auction'), ...calendar.phasesOf(date, 'NSE_CM', 'continuous')]
  const later = spans.flatMap(({ from, to }) => [from, to]).filter((instant) => instant > now)
  return Math.min(istMidnight(addDays(date, 1)), ...later)
}
