import { setImmediate } from 'node:timers/promises'
import type { Transaction } from 'kysely'
import type {
  EntryFilter,
  EntryPlace,
  JournalEntry,
  JournalStore,
  TradeOutcome,
} from '../../../modules/journal/index.ts'
import type { Database } from '../database.ts'
import type { Schema } from '../schema.ts'
import { dismissedDrafts } from './dismissed-drafts.ts'
import { entriesInOrder } from './entries-in-order.ts'
import { orNull, toEntry, toList, toRow } from './entry-row.ts'

/** 18 columns each, far below the parameters a statement may have. */
const rowsPerInsert = 500
const idsPerQuery = 1_000
const outcomesPerPage = 10_000

/** Creates the store of journals: the same statements on both engines. */
export function createJournalStore(database: Database): JournalStore {
  const { reader, engine } = database
  return {
    async find(accountId, id) {
      const query = reader.selectFrom('journal_entries').selectAll().where('account_id', '=', accountId)
      const row = await query.where('id', '=', id).executeTakeFirst()
      return row ? toEntry(row) : null
    },
    async list(accountId, filter, page) {
      const rows = await entriesInOrder(database, accountId, filter, page).selectAll().execute()
      return rows.map(toEntry)
    },
    outcomes: (accountId, filter) => readOutcomes(database, accountId, filter),
    countKnown: (accountId, ids) => countKnown(database, accountId, ids),
    add: (accountId, entries) => database.transact((trx) => addEntries(trx, accountId, entries)),
    change: (accountId, id, change) =>
      database.transact(async (trx) => {
        const one = trx.selectFrom('journal_entries').selectAll().where('account_id', '=', accountId)
        const locked = one.where('id', '=', id).$if(engine === 'postgres', (query) => query.forUpdate())
        const row = await locked.executeTakeFirst()
        if (!row) return null
        const changed = change(toEntry(row))
        const update = trx.updateTable('journal_entries').set(toRow(accountId, changed))
        await update.where('account_id', '=', accountId).where('id', '=', id).execute()
        return changed
      }),
    async remove(accountId, id) {
      const removing = (trx: Transaction<Schema>) =>
        trx.deleteFrom('journal_entries').where('account_id', '=', accountId).where('id', '=', id).executeTakeFirst()
      return (await database.transact(removing)).numDeletedRows > 0
    },
    ...dismissedDrafts(database),
  }
}

async function addEntries(
  trx: Transaction<Schema>,
  accountId: number,
  entries: readonly JournalEntry[],
): Promise<number> {
  let added = 0
  for (let at = 0; at < entries.length; at += rowsPerInsert) {
    if (at > 0) await setImmediate() // writing SQLite does not yield by itself
    const rows = entries.slice(at, at + rowsPerInsert).map((entry) => toRow(accountId, entry))
    const inserting = trx.insertInto('journal_entries').values(rows)
    const { numInsertedOrUpdatedRows = 0n } = await inserting
      .onConflict((conflict) => conflict.columns(['account_id', 'id']).doNothing())
      .executeTakeFirstOrThrow()
    added += Number(numInsertedOrUpdatedRows)
  }
  return added
}

async function countKnown({ reader }: Database, accountId: number, ids: readonly string[]): Promise<number> {
  let known = 0
  for (let at = 0; at < ids.length; at += idsPerQuery) {
    if (at > 0) await setImmediate()
    const { count } = await reader
      .selectFrom('journal_entries')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('account_id', '=', accountId)
      .where('id', 'in', ids.slice(at, at + idsPerQuery))
      .executeTakeFirstOrThrow()
    known += count
  }
  return known
}

type OutcomeRow = readonly [
  openedAt: number,
  id: string,
  closedAt: number | null,
  pnl: string | null,
  tags: string,
  patterns: string | null,
]

async function* readOutcomes(
  database: Database,
  accountId: number,
  filter: EntryFilter,
): AsyncGenerator<readonly TradeOutcome[]> {
  const toOutcome = createOutcomes()
  for (let after: EntryPlace | null = null; ; ) {
    const query = entriesInOrder(database, accountId, filter, { after, limit: outcomesPerPage })
    const compiled = query.select(['opened_at', 'id', 'closed_at', 'pnl', 'tags', 'patterns']).compile()
    const rows = (await database.readArrays(compiled)) as readonly OutcomeRow[]
    yield rows.map(toOutcome)
    const last = rows.at(-1)
    if (last === undefined || rows.length < outcomesPerPage) return
    after = { openedAt: last[0], id: last[1] }
    await setImmediate()
  }
}

function createOutcomes(): (row: OutcomeRow) => TradeOutcome {
  const [tagsOf, patternsOf] = [createLists('\n'), createLists(',')]
  return ([, , closedAt, pnl, tags, patterns]) => ({
    closedAt,
    pnl: orNull(pnl),
    tags: tagsOf(tags),
    patternsAtEntry: patterns === null ? null : patternsOf(patterns),
  })
}

/** Equal lists are one and the same. */
function createLists(separator: string): (text: string) => readonly string[] {
  const known = new Map<string, readonly string[]>()
  return (text) => {
    const list = known.get(text) ?? toList(text, separator)
    known.set(text, list)
    return list
  }
}
