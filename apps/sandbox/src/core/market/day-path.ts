import type { EpochMs } from '@banyan/domain'
import { createNoise } from '../seeded-noise.ts'
import type { DayHours } from './day-hours.ts'
import type { DayPlan } from './day-plan.ts'

/** A day's prices second by second, in whole steps: one per second of continuous trading, then the auction's if there is one. */
export interface DayPath {
  readonly hours: DayHours
  readonly plan: DayPlan
  readonly points: Int32Array
}

/** Waves on the way from one planned price to the next: seconds one takes, and its part of the day's range. */
const waves = [
  { seconds: 900, part: 0.14 },
  { seconds: 150, part: 0.07 },
  { seconds: 17, part: 0.03 },
  { seconds: 2.3, part: 0.012 },
] as const

/** Returns the path: it opens, touches its high and its low, and ends where the plan says, and never leaves the range between. */
export function createDayPath(plan: DayPlan, hours: DayHours, seed: number, name: string): DayPath {
  const seconds = continuousSeconds(hours)
  const points = new Int32Array(seconds + (hours.auctionAt === null ? 0 : 1))
  const ends = hours.auctionAt === null ? plan.close : plan.lastContinuous
  const stops = waypoints(plan, seconds, ends)
  const noise = createNoise(seed, `${name}/path/${hours.dayNumber}`)
  const range = plan.high - plan.low
  for (let leg = 1; leg < stops.length; leg++) {
    const [from, to] = [stops[leg - 1], stops[leg]]
    if (from === undefined || to === undefined) break
    for (let i = from.at; i <= to.at; i++) {
      const way = to.at === from.at ? 1 : (i - from.at) / (to.at - from.at)
      // Waves vanish where the plan fixes the price.
      const calm = Math.min(1, 6 * way, 6 * (1 - way))
      const wave = waves.reduce((sum, { seconds: s, part }, n) => sum + part * noise.smooth(i / s + n * 40_009), 0)
      const price = Math.round(from.price + (to.price - from.price) * way + calm * range * wave)
      points[i] = Math.min(plan.high, Math.max(plan.low, price))
    }
  }
  if (hours.auctionAt !== null) points[seconds] = plan.close
  return { hours, plan, points }
}

interface Waypoint {
  readonly at: number
  readonly price: number
}

function waypoints(plan: DayPlan, seconds: number, end: number): readonly Waypoint[] {
  const place = (part: number) => Math.floor(part * seconds)
  const extremes = [
    { at: place(plan.highAt), price: plan.high },
    { at: place(plan.lowAt), price: plan.low },
  ].sort((a, b) => a.at - b.at)
  return [{ at: 0, price: plan.open }, ...extremes, { at: seconds - 1, price: end }]
}

function continuousSeconds({ spans }: DayHours): number {
  return spans.reduce((sum, { from, to }) => sum + (to - from) / 1000, 0)
}

/** Returns when the point was traded. */
export function timeOfPoint({ hours }: DayPath, point: number): EpochMs {
  let left = point
  for (const { from, to } of hours.spans) {
    const length = (to - from) / 1000
    if (left < length) return from + left * 1000
    left -= length
  }
  return hours.auctionAt ?? hours.spans.at(-1)?.to ?? 0
}

/** Returns the last point traded at or before the instant; -1 before the first. */
export function pointAt({ hours, points }: DayPath, instant: EpochMs): number {
  if (hours.auctionAt !== null && instant >= hours.auctionAt) return points.length - 1
  let passed = 0
  for (const { from, to } of hours.spans) {
    if (instant < from) break
    passed += Math.min(Math.floor((instant - from) / 1000) + 1, (to - from) / 1000)
  }
  return passed - 1
}

/** Part of a day's volume that the closing auction has. */
const auctionPart = 0.08

/** Returns the part of the day's volume traded up to a point, itself included; 0 before the first, 1 at the last. More is traded early and late. */
export function volumePart({ hours, points }: DayPath, point: number): number {
  if (point >= points.length - 1) return 1
  const hasAuction = hours.auctionAt !== null
  const x = (point + 1) / (points.length - (hasAuction ? 1 : 0))
  return (hasAuction ? 1 - auctionPart : 1) * (1.5 * x - 1.5 * x * x + x * x * x)
}
