import { decimalOf } from '@banyan/domain'
import type { Trade } from '../trade.ts'

/** A purchase of one share, changed as told. */
export function tradeOf(change: Partial<Trade> = {}): Trade {
  return {
    id: 'AAAAAAAAAAAAAAAA',
    broker: 'zerodha',
    brokerAccount: 'AB1234',
    date: '2026-03-12',
    executedAt: null,
    exchange: 'NSE',
    symbol: 'TCS',
    mapped: true,
    isin: null,
    side: 'buy',
    quantity: decimalOf(1),
    price: decimalOf(3_400),
    tradeId: null,
    ...change,
  }
}
