import { type EpochMs, midnightOfDayNumber } from '@banyan/domain'
import type { SandboxBar } from '../upstream.ts'
import type { DayHours } from './day-hours.ts'
import { type DayPath, pointAt, timeOfPoint, volumePart } from './day-path.ts'
import type { DayPlan } from './day-plan.ts'

/** What bars of one instrument are made of. */
export interface BarSource {
  rupees(steps: number): number
  /** Null on a day without trading. */
  hoursOf(dayNumber: number): DayHours | null
  planOf(dayNumber: number): DayPlan
  pathOf(hours: DayHours): DayPath
  /** Units of the whole day. */
  volumeOf(dayNumber: number): number
  openInterestAt(dayNumber: number, volumePart: number): number
}

/** Returns the day's bar, or none; of a day that is not over it is made of the prices up to `asOf`. */
export function dayBar(source: BarSource, dayNumber: number, asOf: EpochMs): readonly SandboxBar[] {
  const hours = source.hoursOf(dayNumber)
  if (hours === null) return []
  const time = midnightOfDayNumber(dayNumber)
  if (asOf < endOf(hours)) {
    const path = source.pathOf(hours)
    const last = pointAt(path, asOf)
    return last < 0 ? [] : [barOf(source, path, time, 0, last)]
  }
  // Years of days are asked for at once: the plan alone tells a day that is over.
  const { open, high, low, close } = source.planOf(dayNumber)
  return [
    {
      time,
      open: source.rupees(open),
      high: source.rupees(high),
      low: source.rupees(low),
      close: source.rupees(close),
      volume: source.volumeOf(dayNumber),
      openInterest: source.openInterestAt(dayNumber, 1),
    },
  ]
}

function endOf({ auctionAt, spans }: DayHours): EpochMs {
  return auctionAt ?? (spans.at(-1)?.to ?? 0) - 1000
}

/** Returns the day's bars of a length in seconds, counted from the open; the auction's price is a bar of its own unless it falls into one. */
export function intradayBars(
  source: BarSource,
  dayNumber: number,
  seconds: number,
  asOf: EpochMs,
): readonly SandboxBar[] {
  const hours = source.hoursOf(dayNumber)
  const opened = hours?.spans[0]?.from
  if (!hours || opened === undefined) return []
  const path = source.pathOf(hours)
  const last = pointAt(path, asOf)
  const startOf = (point: number) =>
    opened + Math.floor((timeOfPoint(path, point) - opened) / (seconds * 1000)) * seconds * 1000
  const bars: SandboxBar[] = []
  for (let first = 0; first <= last; ) {
    const time = startOf(first)
    let end = Math.min(first + seconds - 1, last)
    while (startOf(end) !== time) end--
    bars.push(barOf(source, path, time, first, end))
    first = end + 1
  }
  return bars
}

/** The bar of the points from `first` to `last`, both included. */
function barOf(source: BarSource, path: DayPath, time: EpochMs, first: number, last: number): SandboxBar {
  const points = path.points.subarray(first, last + 1)
  const day = path.hours.dayNumber
  const units = (point: number) => Math.floor(source.volumeOf(day) * volumePart(path, point))
  return {
    time,
    open: source.rupees(points[0] ?? 0),
    high: source.rupees(points.reduce((a, b) => Math.max(a, b))),
    low: source.rupees(points.reduce((a, b) => Math.min(a, b))),
    close: source.rupees(points.at(-1) ?? 0),
    volume: units(last) - (first === 0 ? 0 : units(first - 1)),
    openInterest: source.openInterestAt(day, volumePart(path, last)),
  }
}
