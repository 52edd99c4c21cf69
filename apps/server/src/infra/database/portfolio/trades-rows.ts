import type { Insertable, Selectable } from 'kysely'
import type { Trade } from '../../../modules/portfolio/index.ts'
import type { TradesTable } from '../portfolio-schema.ts'
import { decimal, keyOf } from './book-rows.ts'

export function toTradeRow(accountId: number, trade: Trade): Insertable<TradesTable> {
  return {
    ...keyOf(accountId, trade),
    date: trade.date,
    id: trade.id,
    executed_at: trade.executedAt,
    exchange: trade.exchange,
    symbol: trade.symbol,
    is_mapped: trade.mapped ? 1 : 0,
    isin: trade.isin,
    side: trade.side,
    quantity: trade.quantity.toFixed(),
    price: trade.price.toFixed(),
    trade_id: trade.tradeId,
  }
}

export function toTrade(row: Selectable<TradesTable>): Trade {
  return {
    id: row.id,
    broker: row.broker,
    brokerAccount: row.broker_account,
    date: row.date,
    executedAt: row.executed_at,
    exchange: row.exchange,
    symbol: row.symbol,
    mapped: row.is_mapped === 1,
    isin: row.isin,
    side: row.side,
    quantity: decimal(row.quantity),
    price: decimal(row.price),
    tradeId: row.trade_id,
  }
}
