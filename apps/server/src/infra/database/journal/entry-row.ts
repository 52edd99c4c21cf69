import { type Decimal, type InstrumentId, parseDecimal } from '@banyan/domain'
import type { Selectable } from 'kysely'
import { type JournalEntry, type TradeSide, tagKey } from '../../../modules/journal/index.ts'
import type { JournalEntriesTable } from '../journal-schema.ts'

type Row = Selectable<JournalEntriesTable>

export function toRow(accountId: number, entry: JournalEntry): Row {
  const { id, symbol, side, openedAt, closedAt, notes, tags, rating, patternsAtEntry, createdAt, updatedAt } = entry
  return {
    account_id: accountId,
    id,
    symbol,
    side,
    quantity: entry.quantity.toFixed(),
    price: entry.price.toFixed(),
    exit_price: entry.exitPrice?.toFixed() ?? null,
    fees: entry.fees.toFixed(),
    pnl: entry.pnl?.toFixed() ?? null,
    opened_at: openedAt,
    closed_at: closedAt,
    tags: tags.join('\n'),
    tag_keys: tags.length === 0 ? '' : `\n${tags.map(tagKey).join('\n')}\n`,
    rating,
    patterns: patternsAtEntry?.join() ?? null,
    created_at: createdAt,
    updated_at: updatedAt,
    notes,
  }
}

export function toEntry(row: Row): JournalEntry {
  const { id, rating, notes } = row
  return {
    id,
    symbol: row.symbol as InstrumentId,
    side: row.side as TradeSide,
    quantity: toDecimal(row.quantity),
    price: toDecimal(row.price),
    exitPrice: orNull(row.exit_price),
    fees: toDecimal(row.fees),
    pnl: orNull(row.pnl),
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    notes,
    tags: toList(row.tags, '\n'),
    rating,
    patternsAtEntry: row.patterns === null ? null : toList(row.patterns, ','),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

export function toList(text: string, separator: string): readonly string[] {
  return text === '' ? [] : text.split(separator)
}

export function orNull(text: string | null): Decimal | null {
  return text === null ? null : toDecimal(text)
}

function toDecimal(text: string): Decimal {
  const value = parseDecimal(text)
  if (value === null) throw new RangeError('The journal holds an amount that is no number.')
  return value
}
