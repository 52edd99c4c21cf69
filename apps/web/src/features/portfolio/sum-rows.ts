import type { BookReply, BookRow } from '@banyan/client'
import { sumKnown, toPaise } from '../../lib/paise.ts'

type Sums = BookReply['totals']

/** Best first; a sum has the worst of its parts. */
const delays = ['live', 'snapshot', 'close', 'delayed', 'replay'] as const

/** Returns the sums over rows by the rules of the server: what is not known is in no sum, and counted. */
export function sumRows(rows: readonly BookRow[]): Sums {
  const priced = rows.filter(({ last_price }) => last_price !== null)
  const whole = rows.filter(({ invested, current_value }) => invested !== null && current_value !== null)
  const sums = {
    invested: sumKnown(whole.map(({ invested }) => invested)),
    current_value: sumKnown(rows.map(({ current_value }) => current_value)),
    pnl: sumKnown(rows.map(({ pnl }) => pnl)),
    day_change: sumKnown(rows.map(({ day_change }) => day_change)),
    unpriced_count: rows.length - priced.length,
    unknown_cost_count: rows.filter(({ owned, average_price }) => owned && average_price === null).length,
    delay: delays.findLast((delay) => priced.some((row) => row.delay === delay)) ?? null,
  }
  return { ...sums, pnl_percent: percentOf(sums) }
}

function percentOf({ invested, pnl, unpriced_count, unknown_cost_count }: Omit<Sums, 'pnl_percent'>): number | null {
  if (invested === null || invested === 0 || pnl === null || unpriced_count + unknown_cost_count > 0) return null
  return Math.round((toPaise(pnl) / toPaise(invested)) * 10_000) / 100
}
