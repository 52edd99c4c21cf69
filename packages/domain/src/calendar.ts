import type { EpochMs, TradingDate } from './market-time.ts'

/** Market segments with hours of their own. */
export const segments = ['NSE_CM', 'NSE_FO', 'BSE_CM', 'BSE_FO', 'NSE_CD', 'MCX'] as const
export type Segment = (typeof segments)[number]

/** `open` is continuous trading. */
export type SessionPhase = 'pre_open' | 'open' | 'closing_auction' | 'post_close' | 'closed'

/**
 * Which hours an instrument of the cash segment has: `auction` = shares with derivatives and the indices (closing auction
 * since 2026-08-03), `continuous` = all other shares. Read from the instrument list, never coded.
 */
export type SessionGroup = 'auction' | 'continuous'

/** One phase of one day, `[from, to)`. */
export interface PhaseSpan {
  readonly phase: Exclude<SessionPhase, 'closed'>
  readonly from: EpochMs
  readonly to: EpochMs
}

/** The exchange calendar: pure, built from data files, asked with instants on the market clock. */
export interface TradingCalendar {
  /** Last date the holiday list covers, included; later dates are answered from weekdays alone. */
  readonly lastKnownDate: TradingDate
  /** True when the segment trades that day, also on a special session whose times are not published yet. */
  isTradingDay(date: TradingDate, segment?: Segment): boolean
  /** Returns the phases of a day, ascending; empty on a closed day or a special session without times. */
  phasesOf(date: TradingDate, segment?: Segment, group?: SessionGroup): readonly PhaseSpan[]
  /** Returns the phase an instant lies in. */
  phaseAt(instant: EpochMs, segment?: Segment, group?: SessionGroup): SessionPhase
  /** True while NSE trades cash shares: from 09:15 to the end of the last continuous or closing-auction phase of the day. */
  isOpen(instant: EpochMs): boolean
  /** Returns the holiday's name when the instant's IST date is a named closure, else null. */
  holidayName(date: TradingDate, segment?: Segment): string | null
  /** Returns the start of the next continuous session strictly after the instant; null when none is known within 30 days. */
  nextOpen(instant: EpochMs, segment?: Segment): EpochMs | null
  /** Returns the trading day of an instant: its IST date if NSE trades that day and it is 09:00 IST or later, else the latest earlier one. */
  tradingDayOf(instant: EpochMs): TradingDate
  /** Returns the latest trading day strictly before the date. */
  previousTradingDay(date: TradingDate, segment?: Segment): TradingDate
  /** Returns the first continuous span of the day, `[from, to)` to the end of the last continuous or closing-auction phase; null when closed. */
  sessionOf(date: TradingDate, segment?: Segment): { readonly from: EpochMs; readonly to: EpochMs } | null
  /** Returns a sentence when the holiday list ends before `instant`, or ends this year and it is 15 December or later; else null. */
  staleness(instant: EpochMs): string | null
}
