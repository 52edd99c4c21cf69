import { isDeepStrictEqual } from 'node:util'
import { BanyanError, type EpochMs } from '@banyan/domain'
import type { Transaction } from 'kysely'
import type { PortfolioStore, StoredBook } from '../../../modules/portfolio/index.ts'
import type { Database } from '../database.ts'
import type { Reader } from '../identity/executors.ts'
import type { Schema } from '../schema.ts'
import { keyOf, toHolding, toHoldingRow, toPosition, toPositionRow } from './book-rows.ts'
import { readDayTrades, replaceDayTrades } from './day-trade-rows.ts'
import { toSnapshot, toSnapshotRow } from './snapshot-rows.ts'

/** 19 columns each, far below the parameters a statement may have. */
const rowsPerInsert = 500

/** Creates the store of portfolios: the same statements on both engines. */
export function createPortfolioStore({ reader, engine, transact }: Database): PortfolioStore {
  return {
    readBooks: (accountId) => readBooks(reader, accountId),
    async readSnapshots(accountId, from, to) {
      const query = reader.selectFrom('pnl_snapshots').selectAll().where('account_id', '=', accountId)
      const rows = await query.where('date', '>=', from).where('date', '<=', to).orderBy('date').execute()
      return rows.map(toSnapshot)
    },
    replaceBook: (accountId, book, snapshotOf) =>
      transact(async (trx) => {
        // A snapshot is of all books: two that are replaced at once must see one another.
        const account = trx.selectFrom('accounts').select('id').where('id', '=', accountId)
        const known = await account.$if(engine === 'postgres', (query) => query.forUpdate()).execute()
        if (known.length === 0) throw new BanyanError('session_revoked') // it was deleted while its broker was asked
        await removeBook(trx, accountId, book)
        await insertBook(trx, accountId, book)
        if (book.source === 'broker') await replaceDayTrades(trx, accountId, book) // a file tells nothing of its day
        const snapshot = snapshotOf(await readBooks(trx, accountId))
        const row = toSnapshotRow(accountId, snapshot)
        const inserting = trx.insertInto('pnl_snapshots').values(row)
        await inserting.onConflict((conflict) => conflict.columns(['account_id', 'date']).doUpdateSet(row)).execute()
        return snapshot
      }),
    readDayTrades: (accountId, since) => readDayTrades(reader, accountId, since),
    remove: (accountId) => transact((trx) => removeAll(trx, accountId)),
    beginSync: (accountId, now, until) => transact((trx) => takePlace(trx, { accountId, now, until })),
    async endSync(accountId, until) {
      const freeing = (trx: Transaction<Schema>) =>
        trx.deleteFrom('portfolio_syncs').where('account_id', '=', accountId).where('until', '=', until).execute()
      await transact(freeing)
    },
  }
}

/** Each is another book that came in just then. */
const mostTornReadings = 10

/** Reads what two statements and more tell; when a book was replaced in between, it is read again: rows of two readings are no book. */
async function readBooks(reader: Reader, accountId: number): Promise<readonly StoredBook[]> {
  let known = await readBookRows(reader, accountId)
  for (let torn = 0; torn < mostTornReadings; torn++) {
    if (known.length === 0) return []
    const books = await withTheirRows(reader, accountId, known)
    const now = await readBookRows(reader, accountId)
    if (isDeepStrictEqual(known, now)) return books
    known = now
  }
  throw new BanyanError('unavailable', { message: 'The portfolio changes faster than it can be read.', retryAfterS: 1 })
}

type BookRows = Awaited<ReturnType<typeof readBookRows>>

function readBookRows(reader: Reader, accountId: number) {
  const books = reader.selectFrom('portfolio_books').selectAll().where('account_id', '=', accountId)
  return books.orderBy('broker').orderBy('broker_account').execute()
}

async function withTheirRows(reader: Reader, accountId: number, books: BookRows): Promise<readonly StoredBook[]> {
  const holdings = reader.selectFrom('portfolio_holdings').selectAll().where('account_id', '=', accountId)
  const positions = reader.selectFrom('portfolio_positions').selectAll().where('account_id', '=', accountId)
  const holdingsOf = Map.groupBy(await holdings.orderBy('place').execute(), nameOf)
  const positionsOf = Map.groupBy(await positions.orderBy('place').execute(), nameOf)
  return books.map((row) => ({
    broker: row.broker,
    brokerAccount: row.broker_account,
    source: row.source,
    syncedAt: row.synced_at,
    tradingDay: row.trading_day,
    holdings: (holdingsOf.get(nameOf(row)) ?? []).map(toHolding),
    positions: (positionsOf.get(nameOf(row)) ?? []).map(toPosition),
  }))
}

function nameOf(row: { readonly broker: string; readonly broker_account: string }): string {
  return `${row.broker} ${row.broker_account}`
}

async function insertBook(trx: Transaction<Schema>, accountId: number, book: StoredBook): Promise<void> {
  const key = keyOf(accountId, book)
  const row = { ...key, source: book.source, synced_at: book.syncedAt, trading_day: book.tradingDay }
  await trx.insertInto('portfolio_books').values(row).execute()
  const holdings = book.holdings.map((holding, place) => toHoldingRow(key, holding, place))
  for (const rows of inParts(holdings)) await trx.insertInto('portfolio_holdings').values(rows).execute()
  const positions = book.positions.map((position, place) => toPositionRow(key, position, place))
  for (const rows of inParts(positions)) await trx.insertInto('portfolio_positions').values(rows).execute()
}

const bookTables = ['portfolio_holdings', 'portfolio_positions', 'portfolio_books'] as const

async function removeBook(trx: Transaction<Schema>, accountId: number, book: StoredBook): Promise<void> {
  for (const table of bookTables) {
    const removing = trx.deleteFrom(table).where('account_id', '=', accountId).where('broker', '=', book.broker)
    await removing.where('broker_account', '=', book.brokerAccount).execute()
  }
}

async function removeAll(trx: Transaction<Schema>, accountId: number) {
  const count = async (
    table: (typeof bookTables)[number] | 'portfolio_day_trades' | 'portfolio_trades' | 'pnl_snapshots',
  ) => {
    const removed = await trx.deleteFrom(table).where('account_id', '=', accountId).executeTakeFirst()
    return Number(removed.numDeletedRows)
  }
  const [holdings, positions] = [await count('portfolio_holdings'), await count('portfolio_positions')]
  await count('portfolio_books')
  await count('portfolio_day_trades')
  return { holdings, positions, pnlSnapshots: await count('pnl_snapshots'), trades: await count('portfolio_trades') }
}

async function takePlace(
  trx: Transaction<Schema>,
  { accountId, now, until }: { readonly accountId: number; readonly now: EpochMs; readonly until: EpochMs },
): Promise<boolean> {
  const taking = trx.insertInto('portfolio_syncs').values({ account_id: accountId, until })
  const { numInsertedOrUpdatedRows = 0n } = await taking
    .onConflict((conflict) =>
      conflict.column('account_id').doUpdateSet({ until }).where('portfolio_syncs.until', '<=', now),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows > 0n
}

function inParts<Row>(rows: readonly Row[]): Row[][] {
  const parts: Row[][] = []
  for (let at = 0; at < rows.length; at += rowsPerInsert) parts.push(rows.slice(at, at + rowsPerInsert))
  return parts
}
