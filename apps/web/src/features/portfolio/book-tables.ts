import type { BookGroup, BookRow } from '@banyan/client'
import type { HoldingSort } from '../../lib/portfolio-search.ts'
import { sortByFigure, sortByName } from '../../lib/sorted.ts'

/** Returns what is owned, and apart from it what is traded only: derivatives and trades that end the same day. */
export function splitGroups<G extends BookGroup>(groups: readonly G[]) {
  return { owned: groups.filter(isOwned), traded: groups.filter((group) => !isOwned(group)) }
}

/** Returns the row whose price stands for the group: the first that has one, rather with the close before. */
export function pricedRow<R extends BookRow>({ rows }: { readonly rows: readonly R[] }): R | null {
  const priced = rows.filter(({ last_price }) => last_price !== null)
  return priced.find(({ prev_close }) => prev_close !== null) ?? priced[0] ?? null
}

const isOwned = ({ rows }: BookGroup): boolean => rows.some(({ owned }) => owned)

/** Returns the units owned, or those that are open where nothing is owned. */
export function unitsOf(group: BookGroup): number {
  return isOwned(group) ? group.quantity : group.rows.reduce((sum, { quantity }) => sum + quantity, 0)
}

/** Returns what a unit cost over all brokers, in rupees; null where a part of it is not known or several trades own nothing. */
export function averagePrice(group: BookGroup): number | null {
  const [only] = group.rows
  if (only !== undefined && group.rows.length === 1) return only.average_price
  const { invested, quantity, unpriced_count: unpriced, unknown_cost_count: unknownCost } = group
  if (invested === null || quantity === 0 || unpriced > 0 || unknownCost > 0) return null
  return invested / quantity
}

/** Returns how far the price moved since the close before, in per cent. */
export function dayMovePercent(row: BookRow | null): number | null {
  if (row === null || row.last_price === null || row.prev_close === null || row.prev_close === 0) return null
  return ((row.last_price - row.prev_close) / row.prev_close) * 100
}

const figures: Readonly<Record<Exclude<HoldingSort, 'name'>, (group: BookGroup) => number | null>> = {
  quantity: unitsOf,
  average: averagePrice,
  price: (group) => pricedRow(group)?.last_price ?? null,
  invested: ({ invested }) => invested,
  value: ({ current_value }) => current_value,
  day: ({ day_change }) => day_change,
  pnl: ({ pnl }) => pnl,
}

/** Returns the groups in order; those without the figure come last, whichever way. */
export function sortGroups<G extends BookGroup>(
  groups: readonly G[],
  by: HoldingSort,
  ascending: boolean,
): readonly G[] {
  return by === 'name'
    ? sortByName(groups, ({ symbol }) => symbol, ascending)
    : sortByFigure(groups, figures[by], ascending)
}
