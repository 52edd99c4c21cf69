import {
  addDays,
  type EpochMs,
  firstOfMonth,
  istDate,
  istDayNumber,
  istMidnight,
  midnightOfDayNumber,
} from '@banyan/domain'

/** Candle intervals that are searched for patterns, shortest first. */
export const timeframes = ['15minute', '60minute', 'day', 'week'] as const
export type Timeframe = (typeof timeframes)[number]

export function isIntraday(timeframe: Timeframe): boolean {
  return timeframe === '15minute' || timeframe === '60minute'
}

/**
 * Returns where the candles begin that are searched at `now`. What a formation is can depend on the candles before it, so the beginning must
 * not move with every candle: it stands for a month or a year. Ten years of days, twenty of weeks; about 3,000 of the others.
 */
export function historyStart(timeframe: Timeframe, now: EpochMs): EpochMs {
  const year = Number(istDate(now).slice(0, 4))
  switch (timeframe) {
    case '15minute':
      return monthsBack(now, 6)
    case '60minute':
      return istMidnight(`${year - 2}-01-01`)
    case 'day':
      return istMidnight(`${year - 10}-01-01`)
    case 'week':
      return istMidnight(`${year - 20}-01-01`)
  }
}

function monthsBack(now: EpochMs, months: number): EpochMs {
  let first = firstOfMonth(istDayNumber(now))
  for (let n = 0; n < months; n++) first = firstOfMonth(first - 1)
  return midnightOfDayNumber(first)
}

/** Where the newest of an instrument's candles must lie for what ends it to be news: five trading days with their weekends, or weeks. */
export function newsStart(timeframe: Timeframe, now: EpochMs): EpochMs {
  const days: Record<Timeframe, number> = { '15minute': 4, '60minute': 7, day: 11, week: 42 }
  return istMidnight(addDays(istDate(now), -days[timeframe]))
}

/** Candles a case is held for: until then a pattern is a signal. stocktrendz.md §5.1. */
export const signalHorizon = 5

/** Horizons that are measured, in candles. */
export const horizons = [1, 5, 10, 20] as const
export const longestHorizon = Math.max(...horizons)
