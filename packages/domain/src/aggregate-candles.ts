import type { Segment, SessionGroup, SessionSpan, TradingCalendar } from './calendar.ts'
import { type CandleSeries, createCandleSeries, type IntradayMinutes } from './candle.ts'
import { dateOfDayNumber, istDayNumber, midnightOfDayNumber, weekdayOfDayNumber } from './market-time.ts'

/** Whose hours apply; the whole NSE cash market when left out. */
export interface HoursOf {
  readonly segment?: Segment
  readonly group?: SessionGroup
}

const minuteMs = 60_000

/** Where buckets are counted from on a day whose times the calendar does not know, so that the grid is that of any other day. */
const usualStartMs = (9 * 60 + 15) * minuteMs

/**
 * Returns the series in buckets of `minutes`, counted from the start of each session: 09:15, 10:15, … 15:15 for an hour. Its
 * bars must be no longer than a bucket. A bar's time is its bucket's start, also when the first minute is missing. No bar
 * crosses a day or a break between two sessions.
 *
 * Minutes outside every session are kept, because the exchange counts their volume: those before the first session
 * (the print of the pre-open) belong to its first bucket, those after a session (a last print stamped 15:30) to its last.
 * The closing auction is part of the session: its print lies in the bucket of its own time.
 * On a day without known session times the buckets are counted from 09:15 in both directions.
 *
 * Open of the first bar, highest high, lowest low, close of the last, sum of volumes (NaN when one is unknown). A bar with a
 * missing price is left out. A bucket whose minutes are cut off by the series' ends covers what is there.
 */
export function aggregateMinutes(
  series: CandleSeries,
  minutes: Exclude<IntradayMinutes, 1>,
  calendar: TradingCalendar,
  hours: HoursOf = {},
): CandleSeries {
  let day = Number.NaN
  let sessions: readonly SessionSpan[] = []
  return aggregate(series, (time) => {
    if (istDayNumber(time) !== day) {
      day = istDayNumber(time)
      sessions = calendar.sessionsOf(dateOfDayNumber(day), hours.segment, hours.group)
    }
    return bucketStart(time, minutes * minuteMs, sessions, midnightOfDayNumber(day))
  })
}

/** Returns day bars as weeks, labelled by their Monday, or months, labelled by their first day, holiday or not. */
export function aggregateDays(series: CandleSeries, interval: 'week' | 'month'): CandleSeries {
  const firstDay = interval === 'week' ? mondayOf : firstOfMonth
  return aggregate(series, (time) => midnightOfDayNumber(firstDay(istDayNumber(time))))
}

/** Returns minute bars as days: all bars of an IST date, pre-open and last prints included. */
export function minutesToDays(series: CandleSeries): CandleSeries {
  return aggregate(series, (time) => midnightOfDayNumber(istDayNumber(time)))
}

/** Returns the day number of the Monday of a day's week. */
export function mondayOf(day: number): number {
  return day - ((weekdayOfDayNumber(day) + 6) % 7)
}

/** Returns the day number of the first of a day's month. */
export function firstOfMonth(day: number): number {
  return day - Number(dateOfDayNumber(day).slice(8)) + 1
}

function bucketStart(time: number, length: number, sessions: readonly SessionSpan[], midnight: number): number {
  const session = sessionFor(time, sessions)
  if (!session) {
    const usualStart = midnight + usualStartMs
    // Counted back from 09:15 the first bucket of an hour would begin at 23:15 of the day before.
    return Math.max(midnight, usualStart + Math.floor((time - usualStart) / length) * length)
  }
  const within = Math.min(Math.max(time, session.from), session.to - 1)
  return session.from + Math.floor((within - session.from) / length) * length
}

/** Returns the latest session begun by then, before the first one the first. */
function sessionFor(time: number, sessions: readonly SessionSpan[]): SessionSpan | undefined {
  let found = sessions[0]
  for (const session of sessions) if (session.from <= time) found = session
  return found
}

/** Folds neighbouring bars of one label into one; bars with a missing price are passed over. */
function aggregate(series: CandleSeries, labelOf: (time: number) => number): CandleSeries {
  const out = createCandleSeries(series.time.length)
  let at = -1
  for (let i = 0; i < series.time.length; i++) {
    if (isPriceMissing(series, i)) continue
    const label = labelOf(valueAt(series.time, i))
    if (at >= 0 && out.time[at] === label) extendBar(out, at, series, i)
    else startBar(out, ++at, label, series, i)
  }
  return truncate(out, at + 1)
}

function isPriceMissing({ open, high, low, close }: CandleSeries, i: number): boolean {
  return Number.isNaN(valueAt(open, i) + valueAt(high, i) + valueAt(low, i) + valueAt(close, i))
}

function startBar(out: CandleSeries, at: number, label: number, series: CandleSeries, i: number): void {
  out.time[at] = label
  out.open[at] = valueAt(series.open, i)
  out.high[at] = valueAt(series.high, i)
  out.low[at] = valueAt(series.low, i)
  out.close[at] = valueAt(series.close, i)
  out.volume[at] = valueAt(series.volume, i)
}

function extendBar(out: CandleSeries, at: number, series: CandleSeries, i: number): void {
  out.high[at] = Math.max(valueAt(out.high, at), valueAt(series.high, i))
  out.low[at] = Math.min(valueAt(out.low, at), valueAt(series.low, i))
  out.close[at] = valueAt(series.close, i)
  out.volume[at] = valueAt(out.volume, at) + valueAt(series.volume, i)
}

function valueAt(column: Float64Array, i: number): number {
  return column[i] ?? Number.NaN
}

/** Copies, so that a short result does not hold the memory of a long source. */
function truncate(series: CandleSeries, length: number): CandleSeries {
  return {
    time: series.time.slice(0, length),
    open: series.open.slice(0, length),
    high: series.high.slice(0, length),
    low: series.low.slice(0, length),
    close: series.close.slice(0, length),
    volume: series.volume.slice(0, length),
  }
}
