import { dayNumberOf } from '@banyan/domain'
import { createNoise, type SeededNoise } from '../seeded-noise.ts'
import { type ListedInstrument, type Pricing, priceStepOf } from './listed-instrument.ts'

/** What a day will have been. Prices in whole steps of the instrument. */
export interface DayPlan {
  readonly prevClose: number
  readonly open: number
  readonly high: number
  readonly low: number
  /** Where continuous trading ends; the closing auction, if any, goes on to `close`. */
  readonly lastContinuous: number
  readonly close: number
  /** Parts of the continuous session after which the high and the low are reached; 0 < x < 1. */
  readonly highAt: number
  readonly lowAt: number
}

/** Tells which day came before, as far as the instrument's market is concerned. */
export type PreviousDay = (instrument: ListedInstrument, dayNumber: number) => number

export interface DayPlans {
  planOf(instrument: ListedInstrument, dayNumber: number): DayPlan
  /** Returns the day's last price in whole steps. */
  closeOf(instrument: ListedInstrument, dayNumber: number): number
}

/** Finds what a price follows; throws when there is no such instrument. */
type Find = (id: string) => ListedInstrument

/** Returns the plans of a seed: nothing is remembered, and any day can be asked for. */
export function createDayPlans(seed: number, find: Find, previousDay: PreviousDay): DayPlans {
  const noiseOf = rememberNoise(seed)
  const closeOf = (instrument: ListedInstrument, day: number): number => {
    const { pricing } = instrument
    if (pricing.kind === 'walk') return toSteps(levelOn(pricing, day, noiseOf(`${instrument.id}/level`)), instrument)
    const source = find(pricing.of)
    // From the price as it was traded, which lies on a step, as the plan of the day does.
    return toSteps(derived(pricing, day, closeOf(source, day) * priceStepOf(source)), instrument)
  }
  const planOf = (instrument: ListedInstrument, day: number): DayPlan => {
    const { pricing } = instrument
    if (pricing.kind === 'walk') return ownPlan(instrument, day, closeOf, previousDay, noiseOf(`${instrument.id}/day`))
    const source = find(pricing.of)
    const prevClose = closeOf(instrument, previousDay(instrument, day))
    return derivedPlan(planOf(source, day), prevClose, (steps) =>
      toSteps(derived(pricing, day, steps * priceStepOf(source)), instrument),
    )
  }
  return { planOf, closeOf }
}

function rememberNoise(seed: number): (name: string) => SeededNoise {
  const known = new Map<string, SeededNoise>()
  return (name) => {
    const noise = known.get(name) ?? createNoise(seed, name)
    known.set(name, noise)
    return noise
  }
}

function toSteps(rupees: number, instrument: ListedInstrument): number {
  return Math.max(1, Math.round(rupees / priceStepOf(instrument)))
}

/** Swings of the level: how many days one takes and how far it goes (0.2 is 20 %). */
const swings = [
  { days: 1500, size: 0.25 },
  { days: 400, size: 0.15 },
  { days: 90, size: 0.08 },
  { days: 20, size: 0.035 },
  { days: 5, size: 0.018 },
  { days: 1.7, size: 0.008 },
] as const
const referenceDay = dayNumberOf('2026-01-01')

function levelOn(pricing: Extract<Pricing, { kind: 'walk' }>, day: number, noise: SeededNoise): number {
  const gained = (pricing.yearlyGain * (day - referenceDay)) / 365
  const swung = swings.reduce((sum, { days, size }, i) => sum + size * noise.smooth(day / days + i * 100_003), 0)
  return pricing.base * Math.exp(gained + pricing.swing * swung)
}

const yearlyInterest = 0.065

/** Each is a monotone function of the underlying's price, so that its extremes follow from the underlying's. */
function derived(pricing: Exclude<Pricing, { kind: 'walk' }>, day: number, source: number): number {
  if (pricing.kind === 'scaled') return source * pricing.factor
  const daysLeft = Math.max(0, dayNumberOf(pricing.expiry) - day)
  if (pricing.kind === 'future') return source * (1 + (yearlyInterest * daysLeft) / 365)
  const inTheMoney = pricing.right === 'CE' ? source - pricing.strike : pricing.strike - source
  const distance = inTheMoney / (0.03 * source)
  const timeValue = 0.006 * source * Math.sqrt(daysLeft / 7) * Math.exp(-distance * distance)
  return Math.max(0, inTheMoney) + timeValue
}

function ownPlan(
  instrument: ListedInstrument,
  day: number,
  closeOf: DayPlans['closeOf'],
  previousDay: PreviousDay,
  noise: SeededNoise,
): DayPlan {
  const figure = (place: number) => noise.at(day * 8 + place)
  const steps = (times: number, log: number) => Math.max(1, Math.round(times * Math.exp(log)))
  const close = closeOf(instrument, day)
  const prevClose = closeOf(instrument, previousDay(instrument, day))
  const open = steps(prevClose, 0.004 * figure(0))
  const high = steps(Math.max(open, close), 0.002 + 0.008 * Math.abs(figure(1))) + 1
  const low = Math.max(1, steps(Math.min(open, close), -0.002 - 0.008 * Math.abs(figure(2))) - 1)
  const lastContinuous = Math.min(high, Math.max(low, steps(close, 0.0012 * figure(3))))
  const [early, late] = [0.25 + 0.2 * figure(4), 0.75 + 0.2 * figure(5)]
  const [highAt, lowAt] = figure(6) < 0 ? [early, late] : [late, early]
  return { prevClose, open, high, low, lastContinuous, close, highAt, lowAt }
}

function derivedPlan(source: DayPlan, prevClose: number, map: (steps: number) => number): DayPlan {
  const [atHigh, atLow] = [map(source.high), map(source.low)]
  const isFalling = atHigh < atLow
  return {
    prevClose,
    open: map(source.open),
    high: Math.max(atHigh, atLow),
    low: Math.min(atHigh, atLow),
    lastContinuous: map(source.lastContinuous),
    close: map(source.close),
    highAt: isFalling ? source.lowAt : source.highAt,
    lowAt: isFalling ? source.highAt : source.lowAt,
  }
}
