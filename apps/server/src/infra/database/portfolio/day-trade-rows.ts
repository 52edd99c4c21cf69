import { addDays, type TradingDate } from '@banyan/domain'
import type { Transaction } from 'kysely'
import { type DayTrade, dayTradesOf, type StoredBook } from '../../../modules/portfolio/index.ts'
import type { Reader } from '../identity/executors.ts'
import type { Schema } from '../schema.ts'
import { decimal, decimalOrNull, keyOf, textOf } from './book-rows.ts'

/** Longer than anybody asks back. */
const keptDays = 40

/** Puts what a book tells of its day in place of what it told of that day before, and forgets days long past. */
export async function replaceDayTrades(trx: Transaction<Schema>, accountId: number, book: StoredBook): Promise<void> {
  const { broker, brokerAccount, tradingDay } = book
  const own = trx.deleteFrom('portfolio_day_trades').where('account_id', '=', accountId)
  const ofTheDay = own.where('broker', '=', broker).where('broker_account', '=', brokerAccount)
  await ofTheDay.where('date', '=', tradingDay).execute()
  await own.where('date', '<', addDays(tradingDay, -keptDays)).execute()
  const key = keyOf(accountId, book)
  const rows = dayTradesOf(book).map((trade, place) => ({
    ...key,
    date: trade.date,
    place,
    exchange: trade.exchange,
    symbol: trade.symbol,
    product: trade.product,
    quantity: trade.quantity.toFixed(),
    multiplier: trade.multiplier.toFixed(),
    average_price: textOf(trade.averagePrice),
    realised: textOf(trade.realised),
  }))
  for (let at = 0; at < rows.length; at += rowsPerInsert)
    await trx
      .insertInto('portfolio_day_trades')
      .values(rows.slice(at, at + rowsPerInsert))
      .execute()
}

/** 12 columns each, far below the parameters a statement may have. */
const rowsPerInsert = 500

export async function readDayTrades(
  reader: Reader,
  accountId: number,
  since: TradingDate,
): Promise<readonly DayTrade[]> {
  const query = reader.selectFrom('portfolio_day_trades').selectAll().where('account_id', '=', accountId)
  const rows = await query.where('date', '>=', since).orderBy('date').orderBy('broker').orderBy('place').execute()
  return rows.map((row) => ({
    broker: row.broker,
    brokerAccount: row.broker_account,
    date: row.date,
    exchange: row.exchange,
    symbol: row.symbol,
    product: row.product,
    quantity: decimal(row.quantity),
    multiplier: decimal(row.multiplier),
    averagePrice: decimalOrNull(row.average_price),
    realised: decimalOrNull(row.realised),
  }))
}
