import type { Segment, SessionGroup, TradingPhase } from './calendar.ts'
import type { TradingDate } from './market-time.ts'

/** One phase as the file writes it, in milliseconds after IST midnight, `[fromMs, toMs)`. */
export interface PhaseTimes {
  readonly phase: TradingPhase
  readonly fromMs: number
  readonly toMs: number
}

/** The regular hours of a segment from a date on, until the next row of the same segment and group. */
export interface SegmentHours {
  readonly segment: Segment
  /** Null: all instruments of the segment. */
  readonly group: SessionGroup | null
  readonly from: TradingDate
  readonly phases: readonly PhaseTimes[]
}

/** A weekday without trading. */
export interface ClosedDay {
  readonly date: TradingDate
  readonly segments: readonly Segment[]
  /** Null: closed, name not recorded. */
  readonly name: string | null
  readonly source: string
  /** False: expected, not yet checked against the exchange's circular. */
  readonly confirmed: boolean
}

/** A day that trades although it is a weekend or a holiday, or at hours of its own. */
export interface SpecialSession {
  readonly date: TradingDate
  readonly segments: readonly Segment[]
  readonly name: string | null
  /** `regular`: the hours of any other day. Null: announced or held, times not known. */
  readonly phases: readonly PhaseTimes[] | 'regular' | null
  readonly source: string
  readonly confirmed: boolean
}

/** A day that an earlier file closed or made special and that trades like any other after all. */
export interface ReopenedDay {
  readonly date: TradingDate
  readonly segments: readonly Segment[]
  readonly source: string
}

/** What a calendar file holds, checked. Made by `parseCalendarData`; several are laid over each other by `mergeCalendarData`. */
export interface CalendarData {
  readonly version: string
  /** First and last date the lists of closed days and special sessions cover, both included; null: this file does not extend the cover. */
  readonly knownFrom: TradingDate | null
  readonly knownTo: TradingDate | null
  readonly hours: readonly SegmentHours[]
  readonly closed: readonly ClosedDay[]
  readonly special: readonly SpecialSession[]
  /** Only of use in a file that is laid over another. */
  readonly reopened: readonly ReopenedDay[]
}
