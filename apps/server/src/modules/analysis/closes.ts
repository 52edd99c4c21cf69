import {
  type EpochMs,
  intradayMinutes,
  istDate,
  istDayNumber,
  midnightOfDayNumber,
  mondayOf,
  periodEnd,
  type TradingCalendar,
} from '@banyan/domain'
import { type Timeframe, timeframes } from './timeframe.ts'

/** When a candle of each timeframe closed last, on NSE's cash market. */
export type LastCloses = Readonly<Record<Timeframe, EpochMs>>

export function lastCloses(calendar: TradingCalendar, now: EpochMs): LastCloses {
  return {
    '15minute': lastIntradayClose(calendar, now, intradayMinutes['15minute']),
    '60minute': lastIntradayClose(calendar, now, intradayMinutes['60minute']),
    day: calendar.latestSessionEnd(now) ?? Number.NEGATIVE_INFINITY,
    week: lastWeekClose(calendar, now),
  }
}

/** Returns the timeframes whose last close is another one, later or, in a replay that began again, earlier. */
export function changedTimeframes(before: LastCloses | null, now: LastCloses): readonly Timeframe[] {
  return timeframes.filter((timeframe) => before?.[timeframe] !== now[timeframe])
}

function lastIntradayClose(calendar: TradingCalendar, now: EpochMs, minutes: number): EpochMs {
  const lengthMs = minutes * 60_000
  for (const { from, to } of calendar.sessionsOf(istDate(now)).toReversed()) {
    if (now >= to) return to
    if (now >= from + lengthMs) return from + Math.floor((now - from) / lengthMs) * lengthMs
  }
  return calendar.latestSessionEnd(now) ?? Number.NEGATIVE_INFINITY
}

function lastWeekClose(calendar: TradingCalendar, now: EpochMs): EpochMs {
  const monday = mondayOf(istDayNumber(now))
  const end = periodEnd(midnightOfDayNumber(monday), 'week', calendar)
  return end <= now ? end : periodEnd(midnightOfDayNumber(monday - 7), 'week', calendar)
}
