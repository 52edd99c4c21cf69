import { type Adjustment, type Decimal, decimalOf, type TradingDate } from '@banyan/domain'

/** Of these one share becomes several, or several one; of the others only the price makes a step. */
const changingUnits: readonly Adjustment['kind'][] = ['split', 'bonus', 'consolidation']

/** What corporate actions after a date do to what was held or paid on it. */
export interface CorporateSteps {
  /** Into how many of today's shares one of that date's became. */
  unitsSince(date: TradingDate): Decimal
  /** By how much today's prices are lower than they would be without the actions. */
  priceSince(date: TradingDate): number
}

/** Returns what the actions with an ex-date up to `today` did. */
export function createCorporateSteps(actions: readonly Adjustment[], today: TradingDate): CorporateSteps {
  const done = actions.filter(({ exDate }) => exDate <= today)
  const splits = done.filter(({ kind }) => changingUnits.includes(kind))
  return {
    unitsSince: (date) =>
      splits
        .filter(({ exDate }) => exDate > date)
        .reduce((product, { factor }) => product.times(decimalOf(factor)), decimalOf(1)),
    priceSince: (date) =>
      done.filter(({ exDate }) => exDate > date).reduce((product, { factor }) => product * factor, 1),
  }
}
