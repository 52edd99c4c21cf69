import {
  dayNumberOf,
  type EpochMs,
  istDate,
  istDayNumber,
  type TradingCalendar,
  type TradingDate,
} from '@banyan/domain'
import type { SandboxMarket } from '../upstream.ts'
import { type BarSource, dayBar, intradayBars } from './bars.ts'
import { listCash } from './cash-listings.ts'
import { listContracts } from './contract-listings.ts'
import { type DayHours, hoursBegun, hoursOn, previousDayOf } from './day-hours.ts'
import { createDayPath, type DayPath } from './day-path.ts'
import { createDayPlans } from './day-plan.ts'
import type { ShareIdentity } from './identity-file.ts'
import { createKept } from './kept.ts'
import { type ListedInstrument, priceStepOf, rupeesOf } from './listed-instrument.ts'
import { priceOf } from './price-of.ts'
import { openInterestAt, volumeOn } from './trading-activity.ts'

export interface SandboxMarketParts {
  readonly seed: number
  readonly calendar: TradingCalendar
  readonly identities: ReadonlyMap<string, ShareIdentity>
}

/** Days of prices, 90 kB each, and lists kept for the next question. */
const keptPaths = 240
const keptLists = 8

export function createSandboxMarket({ seed, calendar, identities }: SandboxMarketParts): SandboxMarket {
  const cash = listCash(identities)
  const cashById = new Map(cash.map((instrument) => [instrument.id, instrument]))
  const lists = createKept<ReadonlyMap<string, ListedInstrument>>(keptLists)
  const paths = createKept<DayPath>(keptPaths)

  const plans = createDayPlans(
    seed,
    (id) => cashById.get(id) ?? unlisted(id),
    (instrument, day) => previousDayOf(calendar, instrument, day),
  )
  const closeOn = (id: string, day: number) => {
    const instrument = cashById.get(id) ?? unlisted(id)
    return plans.closeOf(instrument, day) * priceStepOf(instrument)
  }
  const listOn = (date: TradingDate) =>
    lists.get(date, () => {
      const all = [...cash.filter(({ listedOn }) => listedOn <= date), ...listContracts(date, calendar, closeOn)]
      return new Map(all.map((instrument) => [instrument.id, instrument]))
    })
  const pathOf = (instrument: ListedInstrument, hours: DayHours) =>
    paths.get(`${instrument.id}/${hours.dayNumber}`, () =>
      createDayPath(plans.planOf(instrument, hours.dayNumber), hours, seed, leaderOf(instrument)),
    )
  const sourceOf = (instrument: ListedInstrument): BarSource => ({
    rupees: rupeesOf(instrument),
    hoursOf: (day) => hoursOn(calendar, instrument, day),
    planOf: (day) => plans.planOf(instrument, day),
    pathOf: (hours) => pathOf(instrument, hours),
    volumeOf: (day) => volumeOn(seed, instrument, day),
    openInterestAt: (day, part) => openInterestAt(seed, instrument, day, part)?.now ?? 0,
  })
  const find = (id: string, at: EpochMs) => listOn(istDate(at)).get(id) ?? null

  return {
    calendar,
    instruments: (on) => [...listOn(on).values()],
    instrument: (id, on) => listOn(on).get(id) ?? null,
    price(id, at) {
      const instrument = find(id, at)
      const hours = instrument && hoursBegun(calendar, instrument, at)
      return instrument && hours && priceOf(seed, instrument, pathOf(instrument, hours), at)
    },
    candles(id, interval, from, to, asOf) {
      const instrument = find(id, asOf)
      if (instrument === null) return []
      const source = sourceOf(instrument)
      const first = Math.max(istDayNumber(from), dayNumberOf(instrument.listedOn))
      const last = Math.min(istDayNumber(to), istDayNumber(asOf))
      const days = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
      const bars = days.flatMap((day) =>
        interval === 'day' ? dayBar(source, day, asOf) : intradayBars(source, day, interval, asOf),
      )
      return bars.filter(({ time }) => time >= from && time <= to)
    },
  }
}

function unlisted(id: string): never {
  throw new Error(`${id} is not listed in the sandbox's market.`)
}

/** What moves together has one path: a future, an option and BSE's row follow what they are derived from. */
function leaderOf({ id, pricing }: ListedInstrument): string {
  return pricing.kind === 'walk' ? id : pricing.of
}
