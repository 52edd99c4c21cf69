import type { BrokerHolding, BrokerPosition } from '@banyan/brokers'
import { type Decimal, parseDecimal } from '@banyan/domain'
import type { Insertable, Selectable } from 'kysely'
import type { StoredBook } from '../../../modules/portfolio/index.ts'
import type { HoldingsTable, PositionsTable } from '../portfolio-schema.ts'

type Key = Pick<HoldingsTable, 'account_id' | 'broker' | 'broker_account'>

export function keyOf(accountId: number, { broker, brokerAccount }: Pick<StoredBook, 'broker' | 'brokerAccount'>): Key {
  return { account_id: accountId, broker, broker_account: brokerAccount }
}

export function toHoldingRow(key: Key, holding: BrokerHolding, place: number): Insertable<HoldingsTable> {
  return { ...sharedColumns(key, holding, place), t1_quantity: textOf(holding.t1Quantity) }
}

export function toPositionRow(key: Key, position: BrokerPosition, place: number): Insertable<PositionsTable> {
  return {
    ...sharedColumns(key, position, place),
    type: position.type,
    overnight_quantity: textOf(position.overnightQuantity),
    multiplier: position.multiplier.toFixed(),
    pnl: textOf(position.pnl),
    m2m: textOf(position.m2m),
    unrealised: textOf(position.unrealised),
    realised: textOf(position.realised),
  }
}

function sharedColumns(key: Key, row: BrokerHolding | BrokerPosition, place: number) {
  return {
    ...key,
    place,
    exchange: row.exchange,
    symbol: row.symbol,
    is_mapped: row.mapped ? 1 : 0,
    isin: row.isin,
    product: row.product,
    quantity: row.quantity.toFixed(),
    average_price: textOf(row.averagePrice),
    last_price: textOf(row.lastPrice),
    close_price: textOf(row.closePrice),
  }
}

export function toHolding(row: Selectable<HoldingsTable>): BrokerHolding {
  return { ...sharedMembers(row), t1Quantity: decimalOrNull(row.t1_quantity) }
}

export function toPosition(row: Selectable<PositionsTable>): BrokerPosition {
  return {
    ...sharedMembers(row),
    type: row.type,
    overnightQuantity: decimalOrNull(row.overnight_quantity),
    multiplier: decimal(row.multiplier),
    pnl: decimalOrNull(row.pnl),
    m2m: decimalOrNull(row.m2m),
    unrealised: decimalOrNull(row.unrealised),
    realised: decimalOrNull(row.realised),
  }
}

function sharedMembers(row: Omit<Selectable<HoldingsTable>, 't1_quantity'>) {
  return {
    exchange: row.exchange,
    symbol: row.symbol,
    mapped: row.is_mapped === 1,
    isin: row.isin,
    product: row.product,
    quantity: decimal(row.quantity),
    averagePrice: decimalOrNull(row.average_price),
    lastPrice: decimalOrNull(row.last_price),
    closePrice: decimalOrNull(row.close_price),
  }
}

export function textOf(value: Decimal | null): string | null {
  return value === null ? null : value.toFixed()
}

export function decimalOrNull(text: string | null): Decimal | null {
  return text === null ? null : decimal(text)
}

export function decimal(text: string): Decimal {
  const value = parseDecimal(text)
  if (value === null) throw new TypeError('a stored amount is no decimal')
  return value
}
