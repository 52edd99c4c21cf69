import type { PositionRow } from './book.ts'
import { figure } from './figures.ts'
import { contractFields, spelledAction } from './holding-rows.ts'

/** Returns rows of `portfoliopositions`: `quantity` has no sign and `pnl` is never told. */
export function positionRows(positions: readonly PositionRow[]): readonly object[] {
  return positions.map(({ instrument, code, product, action, quantity, averagePrice, price, underlyingPrice }) => ({
    segment: instrument.expiry === null ? 'equity' : 'fno',
    product_type: product,
    exchange_code: instrument.exchange,
    stock_code: code,
    ...contractFields(instrument),
    action: spelledAction(action),
    quantity: String(quantity),
    average_price: String(averagePrice),
    ltp: price && figure(price.last),
    price: null,
    pnl: null,
    margin_amount: null,
    cover_quantity: null,
    stoploss_trigger: null,
    underlying: underlyingPrice === null ? null : figure(underlyingPrice),
    settlement_id: null,
    pledge_status: null,
    mtf_sell_quantity: null,
    mtf_net_amount_payable: null,
    mtf_expiry_date: null,
  }))
}
