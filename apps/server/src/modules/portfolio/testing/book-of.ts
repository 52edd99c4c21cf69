import type { BrokerHolding, BrokerPosition } from '@banyan/brokers'
import { type Decimal, decimalOf, parseDecimal, parseTimestamp } from '@banyan/domain'
import type { StoredBook } from '../index.ts'

/** 2026-03-12T11:42:07+05:30, a Thursday. */
export const syncedAt = parseTimestamp('2026-03-12T11:42:07+05:30') ?? Number.NaN

/** Reads an amount written as text; null stays null. */
export function amount(text: string | null): Decimal | null {
  return text === null ? null : parseDecimal(text)
}

export function holdingOf(
  symbol: string,
  quantity: string,
  average: string | null,
  change: Partial<BrokerHolding> = {},
): BrokerHolding {
  return {
    exchange: 'NSE',
    symbol,
    mapped: true,
    isin: null,
    product: null,
    quantity: parseDecimal(quantity) ?? decimalOf(Number.NaN),
    t1Quantity: null,
    averagePrice: amount(average),
    lastPrice: null,
    closePrice: null,
    ...change,
  }
}

export function positionOf(symbol: string, quantity: string, change: Partial<BrokerPosition> = {}): BrokerPosition {
  const { t1Quantity: _none, ...row } = holdingOf(symbol, quantity, null)
  const figures = { overnightQuantity: null, pnl: null, m2m: null, unrealised: null, realised: null }
  return { ...row, ...figures, type: 'net', multiplier: decimalOf(1), product: 'CNC', ...change }
}

export function bookOf(change: Partial<StoredBook>): StoredBook {
  return {
    broker: 'zerodha',
    brokerAccount: 'AB1234',
    source: 'broker',
    syncedAt,
    tradingDay: '2026-03-12',
    holdings: [],
    positions: [],
    ...change,
  }
}
