import { firstOfMonth, type HoursOf, mondayOf } from './aggregate-candles.ts'
import type { TradingCalendar } from './calendar.ts'
import { type CandleInterval, type CandleSeries, type IntradayInterval, intradayMinutes } from './candle.ts'
import { dateOfDayNumber, dayNumberOf, type EpochMs, istDayNumber, midnightOfDayNumber } from './market-time.ts'

/**
 * Returns the instant from which the bar that opened at `time` is complete. A minute bar: its start plus its length, at most
 * the end of the session it lies in. A day: the end of that day's trading. A week or month: the end of trading on its last
 * trading day. Where no session times are known it is the end of the IST day, or of the week or month.
 */
export function periodEnd(
  time: EpochMs,
  interval: CandleInterval,
  calendar: TradingCalendar,
  hours: HoursOf = {},
): EpochMs {
  const day = istDayNumber(time)
  switch (interval) {
    case 'day':
      return tradingEnd(day, calendar, hours)
    case 'week':
      return lastTradingEnd(mondayOf(day), mondayOf(day) + 7, calendar, hours)
    case 'month':
      return lastTradingEnd(firstOfMonth(day), firstOfMonth(firstOfMonth(day) + 31), calendar, hours)
    default:
      return minuteBarEnd(time, interval, calendar, hours)
  }
}

/** Returns how many leading bars of the series are complete at `now`; the rest are still forming. */
export function completeBars(
  series: CandleSeries,
  interval: CandleInterval,
  calendar: TradingCalendar,
  now: EpochMs,
  hours: HoursOf = {},
): number {
  let [low, high] = [0, series.time.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (periodEnd(series.time[middle] ?? Number.NaN, interval, calendar, hours) <= now) low = middle + 1
    else high = middle
  }
  return low
}

function minuteBarEnd(time: EpochMs, interval: IntradayInterval, calendar: TradingCalendar, hours: HoursOf): EpochMs {
  const end = time + intradayMinutes[interval] * 60_000
  const sessions = calendar.sessionsOf(dateOfDayNumber(istDayNumber(time)), hours.segment, hours.group)
  const own = sessions.find((session) => time >= session.from && time < session.to)
  return own ? Math.min(end, own.to) : end
}

function tradingEnd(day: number, calendar: TradingCalendar, hours: HoursOf): EpochMs {
  return calendar.sessionOf(dateOfDayNumber(day), hours.segment, hours.group)?.to ?? midnightOfDayNumber(day + 1)
}

/** `[first, after)` in day numbers. */
function lastTradingEnd(first: number, after: number, calendar: TradingCalendar, hours: HoursOf): EpochMs {
  const last = dayNumberOf(calendar.previousTradingDay(dateOfDayNumber(after), hours.segment))
  return last < first ? midnightOfDayNumber(after) : tradingEnd(last, calendar, hours)
}
