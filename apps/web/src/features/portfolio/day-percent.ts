import type { BookReply } from '@banyan/client'

/**
 * Returns the day's change in per cent of the value before it. Null where that would mix things: rows without a price, and trades in what is
 * not owned, which have a result but no value.
 */
export function dayPercent({ totals, groups }: Pick<BookReply, 'totals' | 'groups'>): number | null {
  const { current_value: value, day_change: change, unpriced_count: unpriced } = totals
  const isOwned = groups.every(({ rows }) => rows.every(({ owned }) => owned))
  if (value === null || change === null || unpriced > 0 || !isOwned || value - change <= 0) return null
  return (change / (value - change)) * 100
}
