import type { Exchange } from './instrument.ts'
import type { EpochMs, TradingDate } from './market-time.ts'

/** Market segments with hours of their own. */
export const segments = ['NSE_CM', 'NSE_FO', 'BSE_CM', 'BSE_FO', 'NSE_CD', 'MCX'] as const
export type Segment = (typeof segments)[number]

/** The segment whose hours instruments of an exchange have. */
export const segmentByExchange: Readonly<Record<Exchange, Segment>> = {
  NSE: 'NSE_CM',
  BSE: 'BSE_CM',
  NFO: 'NSE_FO',
  BFO: 'BSE_FO',
  CDS: 'NSE_CD',
  MCX: 'MCX',
}

/** `open` is continuous trading. */
export const tradingPhases = ['pre_open', 'open', 'closing_auction', 'post_close'] as const
export type TradingPhase = (typeof tradingPhases)[number]
export type SessionPhase = TradingPhase | 'closed'

/**
 * Which hours an instrument of the cash segment has: `auction` = shares with derivatives and the indices (closing auction
 * since 2026-08-03), `continuous` = all other shares. Read from the instrument list, never coded.
 */
export const sessionGroups = ['auction', 'continuous'] as const
export type SessionGroup = (typeof sessionGroups)[number]

/** One phase of one day, `[from, to)`. */
export interface PhaseSpan {
  readonly phase: TradingPhase
  readonly from: EpochMs
  readonly to: EpochMs
}

/** `[from, to)` of trading: continuous and closing auction together. */
export interface SessionSpan {
  readonly from: EpochMs
  readonly to: EpochMs
}

/**
 * The exchange calendar: pure, built from data files, asked with instants on the market clock. The segment is NSE's cash
 * segment unless named. A group left out means the market as a whole: its phases are those of the `auction` group, whose
 * state the indices share, and a session lasts until the later of the groups has ended.
 */
export interface TradingCalendar {
  /** Last date the holiday list covers, included; later dates are answered from weekdays alone. */
  readonly lastKnownDate: TradingDate
  /** True when the segment trades that day, also on a special session whose times are not published yet. */
  isTradingDay(date: TradingDate, segment?: Segment): boolean
  /** Returns the phases of a day, ascending; empty on a closed day or a special session without times. */
  phasesOf(date: TradingDate, segment?: Segment, group?: SessionGroup): readonly PhaseSpan[]
  /** Returns the phase an instant lies in. */
  phaseAt(instant: EpochMs, segment?: Segment, group?: SessionGroup): SessionPhase
  /**
   * True while NSE trades cash shares of either group, continuously or in the closing auction: start included, end excluded.
   * False in the break of a day with two sessions.
   */
  isOpen(instant: EpochMs): boolean
  /** Returns the name of the closure on that date; null on a trading day, a weekend, or when the name is not recorded. */
  holidayName(date: TradingDate, segment?: Segment): string | null
  /** Returns the start of the next continuous session strictly after the instant; null when none is known within 30 days. */
  nextOpen(instant: EpochMs, segment?: Segment): EpochMs | null
  /** Returns the trading day of an instant: its IST date if NSE trades that day and it is 09:00 IST or later, else the latest earlier one. */
  tradingDayOf(instant: EpochMs): TradingDate
  /** Returns the latest trading day strictly before the date. */
  previousTradingDay(date: TradingDate, segment?: Segment): TradingDate
  /**
   * Returns the stretches of trading of a day, ascending and apart; more than one on a day with a break, none on a closed day
   * or a special session without times.
   */
  sessionsOf(date: TradingDate, segment?: Segment, group?: SessionGroup): readonly SessionSpan[]
  /** Returns the whole day of trading, from the start of the first session to the end of the last; null when there is none. */
  sessionOf(date: TradingDate, segment?: Segment, group?: SessionGroup): SessionSpan | null
  /** Returns the end of the latest day of trading that is over at the instant (end ≤ instant); null when none is known within 30 days. */
  latestSessionEnd(instant: EpochMs, segment?: Segment, group?: SessionGroup): EpochMs | null
  /** Returns a sentence when the holiday list ends before `instant`, or ends this year and it is 15 December or later; else null. */
  staleness(instant: EpochMs): string | null
}
