/** Rows in the vendor's shape with invented values: most numbers are texts, many fields null. */
export function holdingRow(code: string, quantity: string, also: Readonly<Record<string, unknown>> = {}) {
  return {
    stock_code: code,
    exchange_code: 'NSE',
    quantity,
    average_price: '100.5',
    current_market_price: '110.25',
    booked_profit_loss: '0',
    change_percentage: '1.1',
    product_type: null,
    expiry_date: null,
    strike_price: null,
    right: null,
    action: null,
    unrealized_profit: null,
    ...also,
  }
}

export function positionRow(also: Readonly<Record<string, unknown>> = {}) {
  return {
    segment: 'equity',
    product_type: 'Margin',
    exchange_code: 'NSE',
    stock_code: 'BANTRE',
    expiry_date: null,
    strike_price: null,
    right: null,
    action: 'Buy',
    quantity: '10',
    average_price: '100.5',
    ltp: '99.25',
    price: null,
    pnl: null,
    ...also,
  }
}

export function quoteRow(exchange: string, also: Readonly<Record<string, unknown>> = {}) {
  return {
    exchange_code: exchange,
    ltp: 110.25,
    ltt: '25-Nov-2026 11:30:05',
    previous_close: 108.5,
    total_quantity_traded: '3000000000',
    ...also,
  }
}

/** Returns rows as plain JSON, decimals as texts. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
