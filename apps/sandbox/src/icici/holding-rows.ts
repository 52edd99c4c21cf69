import { spelledDate } from '../exchange/spelled-date.ts'
import type { OwnedRow, PositionRow } from './book.ts'
import { figure } from './figures.ts'

/** Returns rows of `portfolioholdings` for shares: pledged ones are in the quantity and nothing marks them. */
export function shareRows(owned: readonly OwnedRow[]): readonly object[] {
  return owned.map(({ instrument, code, quantity, averagePrice, price }) => ({
    stock_code: code,
    exchange_code: instrument.exchange,
    quantity: String(quantity),
    average_price: String(averagePrice),
    booked_profit_loss: '0',
    current_market_price: price && figure(price.last),
    // Of the day, not of what was paid.
    change_percentage: price && figure((price.last / price.prevClose - 1) * 100),
    answer_flag: 'N',
    ...noContract,
    action: null,
    unrealized_profit: null,
    ...neverTold,
  }))
}

/** Returns rows of `portfolioholdings` for NFO or BFO: prices look like paise, and the profit is the value of the position (upstreams.md §3.5). */
export function contractRows(positions: readonly PositionRow[]): readonly object[] {
  return positions.map(({ instrument, code, product, action, quantity, averagePrice, price }) => ({
    stock_code: code,
    exchange_code: instrument.exchange,
    quantity: String(quantity),
    average_price: String(averagePrice),
    booked_profit_loss: '0',
    current_market_price: price && String(Math.round(price.last * 100)),
    change_percentage: null,
    answer_flag: 'N',
    product_type: product,
    ...contractFields(instrument),
    action: spelledAction(action),
    unrealized_profit: price && figure(price.last * quantity),
    ...neverTold,
  }))
}

const noContract = { product_type: null, expiry_date: null, strike_price: null, right: null }

const neverTold = {
  category_index_per_stock: null,
  realized_profit: null,
  open_position_value: null,
  portfolio_charges: null,
}

/** Returns what tells one contract from another, in the vendor's words; all null for a share. */
export function contractFields({ expiry, strike, right }: PositionRow['instrument']) {
  return {
    expiry_date: expiry && spelledDate(expiry),
    strike_price: strike === null ? null : String(strike),
    right: right && { CE: 'Call', PE: 'Put' }[right],
  }
}

export function spelledAction(action: PositionRow['action']): string {
  return action === 'buy' ? 'Buy' : 'Sell'
}
