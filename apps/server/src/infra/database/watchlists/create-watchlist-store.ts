import type { InstrumentId } from '@banyan/domain'
import type { Insertable, Selectable, Transaction } from 'kysely'
import type { Watchlist, WatchlistStore } from '../../../modules/watchlists/index.ts'
import type { Database } from '../database.ts'
import type { Schema } from '../schema.ts'
import type { WatchlistsTable } from '../watchlists-schema.ts'

/** Creates the store of watchlists: the same statements on both engines. */
export function createWatchlistStore({ reader, engine, transact }: Database): WatchlistStore {
  return {
    async list(accountId) {
      const query = reader.selectFrom('watchlists').selectAll().where('account_id', '=', accountId)
      return (await query.orderBy('created_at').orderBy('id').execute()).map(toWatchlist)
    },
    add: (accountId, watchlist, most) =>
      transact(async (trx) => {
        // Two that are added at once are counted one after the other.
        const account = trx.selectFrom('accounts').select('id').where('id', '=', accountId)
        await account.$if(engine === 'postgres', (query) => query.forUpdate()).execute()
        if ((await countOf(trx, accountId)) >= most) return false
        await trx.insertInto('watchlists').values(toRow(accountId, watchlist)).execute()
        return true
      }),
    change: (accountId, id, change) =>
      transact(async (trx) => {
        const one = trx.selectFrom('watchlists').selectAll().where('account_id', '=', accountId).where('id', '=', id)
        const row = await one.$if(engine === 'postgres', (query) => query.forUpdate()).executeTakeFirst()
        if (!row) return null
        const changed = change(toWatchlist(row))
        const update = trx.updateTable('watchlists').set(toRow(accountId, changed))
        await update.where('account_id', '=', accountId).where('id', '=', id).execute()
        return changed
      }),
    async remove(accountId, id) {
      const removing = (trx: Transaction<Schema>) =>
        trx.deleteFrom('watchlists').where('account_id', '=', accountId).where('id', '=', id).executeTakeFirst()
      return (await transact(removing)).numDeletedRows > 0
    },
  }
}

async function countOf(trx: Transaction<Schema>, accountId: number): Promise<number> {
  const counting = trx.selectFrom('watchlists').select(({ fn }) => fn.countAll<number>().as('count'))
  return (await counting.where('account_id', '=', accountId).executeTakeFirstOrThrow()).count
}

function toRow(accountId: number, watchlist: Watchlist): Insertable<WatchlistsTable> {
  const { id, name, instruments, createdAt, updatedAt } = watchlist
  return {
    account_id: accountId,
    id,
    name,
    instruments: instruments.join(),
    created_at: createdAt,
    updated_at: updatedAt,
  }
}

function toWatchlist(row: Selectable<WatchlistsTable>): Watchlist {
  return {
    id: row.id,
    name: row.name,
    instruments: row.instruments === '' ? [] : (row.instruments.split(',') as InstrumentId[]),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
