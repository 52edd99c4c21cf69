import { dayMs, type EpochMs, istDayNumber, midnightOfDayNumber } from '@banyan/domain'

/** Intervals Breeze has bars of and this program uses. */
export type BreezeInterval = '1minute' | '5minute' | '30minute' | 'day'

/** Half-open, `from < to`. */
export interface TimeRange {
  readonly from: EpochMs
  readonly to: EpochMs
}

/**
 * Days one call may span so that 1,000 bars, the most it gives, are never reached: a day of trading, pre-open and closing auction has
 * at most 400 minutes.
 */
const daysPerCall = { '1minute': 2, '5minute': 12, '30minute': 70, day: 999 } as const satisfies Record<
  BreezeInterval,
  number
>

/**
 * Returns the windows to ask for, oldest first, so that together they hold every bar of the range. They are whole days: whether the
 * vendor's Z is true or not (upstreams.md §3.5), the hours of trading lie within. A daily bar stands at midnight, where the two readings
 * differ, so its windows begin a day early.
 */
export function candleWindows({ from, to }: TimeRange, interval: BreezeInterval): readonly TimeRange[] {
  const windows: TimeRange[] = []
  const last = istDayNumber(to - 1)
  for (let day = istDayNumber(from); day <= last; day += daysPerCall[interval]) {
    const end = Math.min(day + daysPerCall[interval], last + 1)
    const start = midnightOfDayNumber(day) - (interval === 'day' ? dayMs : 0)
    windows.push({ from: start, to: midnightOfDayNumber(end) })
  }
  return windows
}
