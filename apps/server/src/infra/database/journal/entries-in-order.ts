import { sql } from 'kysely'
import { type EntryFilter, type EntryPlace, tagKey } from '../../../modules/journal/index.ts'
import type { Database } from '../database.ts'

/** Returns the query of an account's entries behind a place, newest opening first, then by id: the order of their index. */
export function entriesInOrder(
  { reader }: Pick<Database, 'reader'>,
  accountId: number,
  { symbol, tag, from, to }: EntryFilter,
  { after, limit }: { readonly after: EntryPlace | null; readonly limit: number },
) {
  let query = reader.selectFrom('journal_entries').where('account_id', '=', accountId)
  if (symbol !== null) query = query.where('symbol', '=', symbol)
  if (tag !== null) query = query.where(hasTag(tag))
  if (from !== null) query = query.where('opened_at', '>=', from)
  if (to !== null) query = query.where('opened_at', '<', to)
  if (after !== null)
    query = query
      .where('opened_at', '<=', after.openedAt)
      .where((where) => where.or([where('opened_at', '<', after.openedAt), where('id', '>', after.id)]))
  return query.orderBy('opened_at', 'desc').orderBy('id').limit(limit)
}

function hasTag(tag: string) {
  const key = tagKey(tag).replaceAll(/[%_!]/g, '!$&')
  return sql<boolean>`tag_keys like ${`%\n${key}\n%`} escape '!'`
}
