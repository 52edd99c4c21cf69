import {
  addDays,
  aggregateDays,
  aggregateMinutes,
  type CandleInterval,
  type CandleSeries,
  completeBars,
  createCandleSeries,
  type EpochMs,
  type HoursOf,
  intradayMinutes,
  istDate,
  istMidnight,
  type MarketClock,
  minutesToDays,
  periodEnd,
  sliceCandles,
  type TradingCalendar,
} from '@banyan/domain'
import { indexFrom, omitBetween } from './candle-columns.ts'
import type { SeriesExtent } from './candles-face.ts'

/** What lies within one stored window; weeks and months may lie in two, so they are made of days afterwards. */
export type UnitInterval = Exclude<CandleInterval, 'week' | 'month'>

/** Returns recorded minutes or days as bars of the interval. */
export function toUnits(
  stored: CandleSeries,
  from: SeriesExtent['interval'],
  interval: UnitInterval,
  calendar: TradingCalendar,
  hours: HoursOf,
): CandleSeries {
  if (from === interval) return stored
  if (interval === 'day') return minutesToDays(stored)
  const minutes = intradayMinutes[interval]
  return minutes === 1 ? stored : aggregateMinutes(stored, minutes, calendar, hours)
}

/** Returns days as weeks or months, anything else as it is. */
export function toInterval(units: CandleSeries, interval: CandleInterval): CandleSeries {
  return interval === 'week' || interval === 'month' ? aggregateDays(units, interval) : units
}

export interface Completeness {
  readonly interval: CandleInterval
  readonly calendar: TradingCalendar
  readonly hours: HoursOf
  readonly clock: Pick<MarketClock, 'now' | 'recordedDate'>
  /** True when the caller named the end of the range: then bars dated after the recorded day, imported on purpose, are served too. */
  readonly isEndGiven: boolean
}

/** Returns the series without the bars that are still forming, or have not begun, on the market's clock. */
export function onlyComplete(series: CandleSeries, rule: Completeness): CandleSeries {
  const { interval, calendar, hours, clock } = rule
  const complete = completeBars(series, interval, calendar, clock.now(), hours)
  if (!rule.isEndGiven || clock.recordedDate === null) return sliceCandles(series, 0, complete)
  return omitBetween(series, complete, indexFrom(series, istMidnight(addDays(clock.recordedDate, 1))))
}

/** Tells the same of a single trading day, by its midnight. */
export function isOver(day: EpochMs, { calendar, hours, clock, isEndGiven }: Completeness): boolean {
  const isAfterRecording = clock.recordedDate !== null && istDate(day) > clock.recordedDate
  return periodEnd(day, 'day', calendar, hours) <= clock.now() || (isEndGiven && isAfterRecording)
}

/** Returns the newest `limit` bars whose label lies in `[from, to)`, and whether older ones of the range are left out. */
export function newestInRange(
  series: CandleSeries,
  range: { readonly from: EpochMs; readonly to: EpochMs; readonly limit: number },
): { readonly series: CandleSeries; readonly truncated: boolean } {
  const end = indexFrom(series, range.to)
  const start = indexFrom(series, range.from)
  if (start >= end) return { series: createCandleSeries(0), truncated: false }
  const truncated = end - start > range.limit
  return { series: sliceCandles(series, truncated ? end - range.limit : start, end), truncated }
}
