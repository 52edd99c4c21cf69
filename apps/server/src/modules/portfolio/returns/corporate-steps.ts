import type { Adjustment, Decimal, TradingDate } from '@banyan/domain'
import { shareFactor } from '../share-factor.ts'

/** What corporate actions after a date do to what was held or paid on it. */
export interface CorporateSteps {
  /** Into how many of today's shares one of that date's became; null where none did, as nearly always: dividing decimals is slow. */
  unitsSince(date: TradingDate): Decimal | null
  /** By how much today's prices are lower than they would be without the actions. */
  priceSince(date: TradingDate): number
}

/** Returns what the actions with an ex-date up to `today` did. */
export function createCorporateSteps(actions: readonly Adjustment[], today: TradingDate): CorporateSteps {
  const done = actions.filter(({ exDate }) => exDate <= today)
  return {
    unitsSince: (date) => shareFactor(done.filter(({ exDate }) => exDate > date)),
    priceSince: (date) => done.reduce((product, { exDate, factor }) => (exDate > date ? product * factor : product), 1),
  }
}
