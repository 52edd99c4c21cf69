import type { JournalEntry as EntryBody } from '@banyan/contracts'
import { formatIst, toNumber } from '@banyan/domain'
import type { JournalEntry } from '../../modules/journal/index.ts'
import { istOrNull } from './ist-or-null.ts'

/** Decimals of what a person may write, and of a product of two. */
const amountDecimals = 4
const pnlDecimals = 8

/** Renders an entry (stocktrendz.md §9). Nothing is rounded. */
export function toEntryBody(entry: JournalEntry): EntryBody {
  const { id, symbol, side, exitPrice, pnl, notes, tags, rating, patternsAtEntry } = entry
  return {
    id,
    symbol,
    side,
    quantity: toNumber(entry.quantity, amountDecimals),
    price: toNumber(entry.price, amountDecimals),
    exit_price: exitPrice && toNumber(exitPrice, amountDecimals),
    fees: toNumber(entry.fees, amountDecimals),
    pnl: pnl && toNumber(pnl, pnlDecimals),
    opened_at: formatIst(entry.openedAt),
    closed_at: istOrNull(entry.closedAt),
    notes,
    tags: [...tags],
    rating,
    patterns_at_entry: patternsAtEntry && [...patternsAtEntry],
    created_at: formatIst(entry.createdAt),
    updated_at: formatIst(entry.updatedAt),
  }
}
