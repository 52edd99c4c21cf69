import type { EpochMs } from '@banyan/domain'
import type { SandboxPrice } from '../upstream.ts'
import { type DayPath, pointAt, timeOfPoint, volumePart } from './day-path.ts'
import { type ListedInstrument, rupeesOf } from './listed-instrument.ts'
import { openInterestAt, volumeOn } from './trading-activity.ts'

/** Returns the price at an instant of the path's day, or after it. */
export function priceOf(seed: number, instrument: ListedInstrument, path: DayPath, at: EpochMs): SandboxPrice {
  const { plan, points } = path
  const rupees = rupeesOf(instrument)
  const day = path.hours.dayNumber
  const point = pointAt(path, at)
  const part = volumePart(path, point)
  const extremes = extremesUpTo(path, point)
  return {
    last: rupees(points[point] ?? plan.open),
    open: rupees(plan.open),
    high: rupees(extremes.high),
    low: rupees(extremes.low),
    prevClose: rupees(plan.prevClose),
    volume: Math.floor(volumeOn(seed, instrument, day) * part),
    average: rupees(averageUpTo(path, point)),
    lastTradeAt: timeOfPoint(path, point),
    openInterest: openInterestAt(seed, instrument, day, part),
  }
}

function extremesUpTo({ points }: DayPath, point: number): { readonly high: number; readonly low: number } {
  let [high, low] = [points[0] ?? 0, points[0] ?? 0]
  for (let i = 1; i <= point; i++) {
    const price = points[i] ?? 0
    if (price > high) high = price
    if (price < low) low = price
  }
  return { high, low }
}

/** Steps per unit, weighted with what was traded at each. */
function averageUpTo(path: DayPath, point: number): number {
  let [turnover, before] = [0, 0]
  for (let i = 0; i <= point; i++) {
    const part = volumePart(path, i)
    turnover += (part - before) * (path.points[i] ?? 0)
    before = part
  }
  return turnover / before
}
