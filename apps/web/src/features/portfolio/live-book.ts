import type { BookOfBroker, BookReply } from '@banyan/client'
import type { HeardQuote } from '../../lib/feed-types.ts'
import type { LiveBook, LiveGroup, LiveRow } from './live-row.ts'
import { repriceRow } from './reprice-row.ts'
import { sumRows } from './sum-rows.ts'

type Quotes = ReadonlyMap<string, HeardQuote>

/** Returns the book of an answer, each row at the newer of its own price and the stream's. */
export function openBook(reply: BookReply, answeredAt: number, quotes: Quotes): LiveBook {
  const groups = reply.groups.map((group) => ({
    ...group,
    rows: group.rows.map((row) => ({ ...row, heardAt: answeredAt, told: row })),
  }))
  return repriceBook({ ...reply, groups, answeredAt }, quotes)
}

/**
 * Returns the book at the prices just heard. What they do not touch is the same object as before, so that whoever shows it has nothing to
 * do; where they touch nothing, so is the book.
 */
export function repriceBook(book: LiveBook, quotes: Quotes): LiveBook {
  const groups = book.groups.map((group) => repriceGroup(group, quotes, book))
  if (groups.every((group, i) => group === book.groups[i])) return book
  const rows = groups.flatMap((group) => group.rows)
  return {
    ...book,
    groups,
    totals: sumRows(rows),
    brokers: book.brokers.map((part) => withSums(part, rows)),
  }
}

function repriceGroup(group: LiveGroup, quotes: Quotes, { answeredAt, market }: LiveBook): LiveGroup {
  if (!group.rows.some(({ instrument }) => instrument !== null && quotes.has(instrument))) return group
  const rows = group.rows.map((row) => {
    const quote = row.instrument === null ? undefined : quotes.get(row.instrument)
    return quote === undefined ? row : repriceRow(row, quote, { answeredAt, isReplay: market.mode === 'replay' })
  })
  return rows.every((row, i) => row === group.rows[i]) ? group : { ...group, ...sumRows(rows), rows }
}

function withSums(part: BookOfBroker, rows: readonly LiveRow[]): BookOfBroker {
  const own = rows.filter(({ broker, broker_account: account }) => {
    return broker === part.broker && account === part.broker_account
  })
  return { ...part, ...sumRows(own) }
}
