import type { Decimal } from '@banyan/domain'
import { listOf, optionalTextIn, rowOf, type VendorRow } from '../vendor-cells.ts'
import { codeIn, figureIn, knownFigureIn, priceIn } from './breeze-cells.ts'
import type { CashExchange } from './code-list.ts'

/** What one exchange's list says is owned of one code. */
export interface ListedHolding {
  readonly exchange: CashExchange
  readonly code: string
  readonly product: string | null
  /** Units owned, above 0; pledged ones are in it and nothing marks them. */
  readonly quantity: Decimal
  readonly averagePrice: Decimal | null
  readonly lastPrice: Decimal | null
}

/**
 * Reads `Success` of `portfolioholdings` of one exchange (upstreams.md §3.5). Rows of other segments are left out: their prices look like
 * paise and their profit is the value. Throws when one row is not understood.
 */
export function readListedHoldings(exchange: CashExchange, success: unknown): readonly ListedHolding[] {
  return listOf(success, 'holdings')
    .map((item) => rowOf(item, 'a holding'))
    .filter((row) => (optionalTextIn(row, 'exchange_code') ?? exchange).toUpperCase() === exchange)
    .map((row) => readHolding(exchange, row))
    .filter(({ quantity }) => quantity.gt(0))
}

function readHolding(exchange: CashExchange, row: VendorRow): ListedHolding {
  return {
    exchange,
    code: codeIn(row),
    product: optionalTextIn(row, 'product_type'),
    quantity: knownFigureIn(row, 'quantity'),
    averagePrice: figureIn(row, 'average_price'),
    lastPrice: priceIn(row, 'current_market_price'),
  }
}
