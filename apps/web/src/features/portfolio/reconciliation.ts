import type { BookReply } from '@banyan/client'
import { toPaise, toRupees } from '../../lib/paise.ts'

/** How the parts of the brokers add up. */
export interface Reconciliation {
  /** Total less the sum of the parts, in rupees with 2 decimals; null where nothing has a price. */
  readonly difference: number | null
  /** Parts without any price: in neither side. */
  readonly unpriced: number
}

/** Returns whether the values of the parts make the total, to the paisa. */
export function reconcile({ totals, brokers }: Pick<BookReply, 'totals' | 'brokers'>): Reconciliation {
  const known = brokers.flatMap(({ current_value }) => (current_value === null ? [] : [current_value]))
  const unpriced = brokers.length - known.length
  if (totals.current_value === null) return { difference: null, unpriced }
  const parts = known.reduce((sum, value) => sum + toPaise(value), 0)
  return { difference: toRupees(toPaise(totals.current_value) - parts), unpriced }
}
