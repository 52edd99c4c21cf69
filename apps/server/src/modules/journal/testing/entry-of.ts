import { type Decimal, instrumentId, parseDecimal, parseTimestamp } from '@banyan/domain'
import { newEntryId } from '../entry-id.ts'
import { type JournalEntry, pnlOf } from '../journal-entry.ts'

export const ist = (text: string): number => parseTimestamp(`${text}+05:30`) ?? Number.NaN

export function decimal(text: string): Decimal {
  const value = parseDecimal(text)
  if (value === null) throw new Error(`not a number: ${text}`)
  return value
}

/** An open trade of 10 TCS, changed as told; the P&L follows. */
export function entryOf(change: Partial<JournalEntry> = {}): JournalEntry {
  const entry = {
    id: newEntryId(),
    symbol: instrumentId('NSE', 'TCS'),
    side: 'buy',
    quantity: decimal('10'),
    price: decimal('3390.5'),
    exitPrice: null,
    fees: decimal('0'),
    openedAt: ist('2026-03-10T10:05:00'),
    closedAt: null,
    notes: '',
    tags: [],
    rating: null,
    patternsAtEntry: null,
    createdAt: ist('2026-03-10T10:07:12'),
    updatedAt: ist('2026-03-10T10:07:12'),
    ...change,
  } satisfies Omit<JournalEntry, 'pnl'>
  return { ...entry, pnl: pnlOf(entry) }
}

/** Returns an entry with its amounts as text, so that equal ones compare equal. */
export function told(entry: JournalEntry | null) {
  if (entry === null) return null
  const { quantity, price, exitPrice, fees, pnl, ...rest } = entry
  return { ...rest, amounts: [quantity, price, exitPrice, fees, pnl].map((amount) => amount?.toFixed() ?? null) }
}
