import { isIsin } from '@banyan/domain'
import type { BookReading, BrokerHolding } from '../broker.ts'
import { knownAmountIn, listOf, optionalTextIn, priceIn, rowOf, textIn, type VendorRow } from '../vendor-cells.ts'
import { bookSymbol, exchangeOf } from './listed-symbol.ts'

/** What is read of one row: no rows for what was all sold, two when part of it was bought on margin funding. */
interface HoldingRows {
  readonly tradingSymbol: string
  readonly rows: readonly BrokerHolding[]
  /** The broker itself doubts the average price. */
  readonly doubtful: boolean
  /** Name of an exchange this program does not know. */
  readonly unknownExchange: string | null
}

/** Reads `data` of `/portfolio/holdings` (upstreams.md §2.5). Throws when one row is not understood. */
export function readHoldings(data: unknown): BookReading<BrokerHolding> {
  const read = listOf(data, 'holdings').map((item) => readHolding(rowOf(item, 'a holding')))
  return { rows: read.flatMap(({ rows }) => rows), warnings: [...doubts(read), ...leftOut(read)] }
}

function readHolding(row: VendorRow): HoldingRows {
  const tradingSymbol = textIn(row, 'tradingsymbol')
  const exchangeName = textIn(row, 'exchange')
  const exchange = exchangeOf(exchangeName)
  if (exchange === null) return { tradingSymbol, rows: [], doubtful: false, unknownExchange: exchangeName }
  const isin = optionalTextIn(row, 'isin')
  const listed = {
    exchange,
    ...bookSymbol(exchange, tradingSymbol),
    isin: isin !== null && isIsin(isin) ? isin : null,
    lastPrice: priceIn(row, 'last_price'),
    closePrice: priceIn(row, 'close_price'),
  }
  const t1Quantity = countIn(row, 't1_quantity')
  const delivered = {
    ...listed,
    product: optionalTextIn(row, 'product'),
    averagePrice: knownAmountIn(row, 'average_price'),
    quantity: countIn(row, 'quantity').plus(t1Quantity),
    t1Quantity,
  }
  const rows = [delivered, ...fundedOf(row).map((funded) => ({ ...listed, ...funded }))]
  return {
    tradingSymbol,
    rows: rows.filter(({ quantity }) => quantity.gt(0)),
    doubtful: row['discrepancy'] === true,
    unknownExchange: null,
  }
}

/** Shares bought on margin funding are not in `quantity` nor in the broker's P&L, so they are a row of their own. */
function fundedOf(row: VendorRow): Pick<BrokerHolding, 'product' | 'averagePrice' | 'quantity' | 't1Quantity'>[] {
  if (row['mtf'] === undefined || row['mtf'] === null) return []
  const mtf = rowOf(row['mtf'], 'mtf')
  const averagePrice = knownAmountIn(mtf, 'average_price')
  return [{ product: 'MTF', averagePrice, quantity: countIn(mtf, 'quantity'), t1Quantity: null }]
}

function countIn(row: VendorRow, field: string) {
  const count = knownAmountIn(row, field)
  if (count.lt(0)) throw new Error(`${field} is below zero`)
  return count
}

function doubts(read: readonly HoldingRows[]): readonly string[] {
  const symbols = read.filter(({ doubtful }) => doubtful).map(({ tradingSymbol }) => tradingSymbol)
  if (symbols.length === 0) return []
  return [`Zerodha says that it does not know for sure what these were bought for: ${symbols.join(', ')}.`]
}

function leftOut(read: readonly HoldingRows[]): readonly string[] {
  return read.flatMap(({ tradingSymbol, unknownExchange }) =>
    unknownExchange === null ? [] : [`${tradingSymbol} is left out: ${unknownExchange} is not an exchange known here.`],
  )
}
