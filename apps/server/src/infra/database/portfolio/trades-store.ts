import { setImmediate } from 'node:timers/promises'
import { BanyanError } from '@banyan/domain'
import type { Transaction } from 'kysely'
import type { Trade, TradeStore } from '../../../modules/portfolio/index.ts'
import type { Database } from '../database.ts'
import type { Reader } from '../identity/executors.ts'
import type { Schema } from '../schema.ts'
import { toTrade, toTradeRow } from './trades-rows.ts'

/** 14 columns each, far below the parameters a statement may have. */
const rowsPerInsert = 500
const idsPerQuery = 1_000
const tradesPerPage = 5_000

/** Creates the store of trades: the same statements on both engines. */
export function createTradeStore({ reader, engine, transact }: Database): TradeStore {
  return {
    add: (accountId, trades) =>
      transact(async (trx) => {
        const account = trx.selectFrom('accounts').select('id').where('id', '=', accountId)
        const known = await account.$if(engine === 'postgres', (query) => query.forUpdate()).execute()
        if (known.length === 0) throw new BanyanError('session_revoked') // it was deleted while its file arrived
        return addTrades(trx, accountId, trades)
      }),
    countKnown: (accountId, trades) => countKnown(reader, accountId, trades),
    readAll: (accountId) => readAll(reader, accountId),
  }
}

async function addTrades(trx: Transaction<Schema>, accountId: number, trades: readonly Trade[]): Promise<number> {
  let added = 0
  for (let at = 0; at < trades.length; at += rowsPerInsert) {
    if (at > 0) await setImmediate() // writing SQLite does not yield by itself
    const rows = trades.slice(at, at + rowsPerInsert).map((trade) => toTradeRow(accountId, trade))
    const inserting = trx.insertInto('portfolio_trades').values(rows)
    const { numInsertedOrUpdatedRows = 0n } = await inserting
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    added += Number(numInsertedOrUpdatedRows)
  }
  return added
}

async function countKnown(reader: Reader, accountId: number, trades: readonly Trade[]): Promise<number> {
  let known = 0
  for (const [, own] of Map.groupBy(trades, ({ broker, brokerAccount }) => `${broker} ${brokerAccount}`))
    for (let at = 0; at < own.length; at += idsPerQuery) {
      if (at > 0) await setImmediate()
      known += await countPart(reader, accountId, own.slice(at, at + idsPerQuery))
    }
  return known
}

/** All of one broker account. An id follows from its trade's date among others, so dates only bound what is looked at. */
async function countPart(reader: Reader, accountId: number, trades: readonly Trade[]): Promise<number> {
  const [first] = trades
  if (first === undefined) return 0
  const dates = trades.map(({ date }) => date).sort()
  const { count } = await reader
    .selectFrom('portfolio_trades')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('broker', '=', first.broker)
    .where('broker_account', '=', first.brokerAccount)
    .where('date', '>=', dates[0] ?? first.date)
    .where('date', '<=', dates.at(-1) ?? first.date)
    .where(
      'id',
      'in',
      trades.map(({ id }) => id),
    )
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function* readAll(reader: Reader, accountId: number): AsyncGenerator<readonly Trade[]> {
  for (let last: Trade | undefined; ; ) {
    const rows: Awaited<ReturnType<typeof readPage>> = await readPage(reader, accountId, last)
    if (rows.length > 0) yield rows.map(toTrade)
    const end = rows.at(-1)
    if (end === undefined || rows.length < tradesPerPage) return
    last = toTrade(end)
    await setImmediate()
  }
}

function readPage(reader: Reader, accountId: number, after: Trade | undefined) {
  return reader
    .selectFrom('portfolio_trades')
    .selectAll()
    .where('account_id', '=', accountId)
    .$if(after !== undefined, (query) =>
      query.where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple('broker', 'broker_account', 'date', 'id'),
          '>',
          tuple(after?.broker ?? '', after?.brokerAccount ?? '', after?.date ?? '', after?.id ?? ''),
        ),
      ),
    )
    .orderBy('broker')
    .orderBy('broker_account')
    .orderBy('date')
    .orderBy('id')
    .limit(tradesPerPage)
    .execute()
}
