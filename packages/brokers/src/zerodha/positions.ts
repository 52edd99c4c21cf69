import type { Decimal } from '@banyan/domain'
import type { BookReading, BrokerPosition } from '../broker.ts'
import { amountIn, knownAmountIn, listOf, priceIn, rowOf, textIn, type VendorRow } from '../vendor-cells.ts'
import { bookSymbol, exchangeOf } from './listed-symbol.ts'

/** How far the broker's own figures may lie from those that follow from its quantities and values, in rupees: its rounding. */
const roundingRupees = '0.05'

interface PositionRow {
  readonly position: BrokerPosition | null
  readonly warning: string | null
}

/** Reads `data` of `/portfolio/positions` (upstreams.md §2.6): both lists, each row saying which it is of. Throws when one row is not understood. */
export function readPositions(data: unknown): BookReading<BrokerPosition> {
  const lists = rowOf(data, 'positions')
  const read = (['net', 'day'] as const).flatMap((type) =>
    listOf(lists[type], type).map((item) => readPosition(type, rowOf(item, 'a position'))),
  )
  return {
    rows: read.flatMap(({ position }) => position ?? []),
    warnings: [...new Set(read.flatMap(({ warning }) => warning ?? []))],
  }
}

function readPosition(type: BrokerPosition['type'], row: VendorRow): PositionRow {
  const tradingSymbol = textIn(row, 'tradingsymbol')
  const exchangeName = textIn(row, 'exchange')
  const exchange = exchangeOf(exchangeName)
  if (exchange === null) {
    return { position: null, warning: `${tradingSymbol} is left out: ${exchangeName} is not an exchange known here.` }
  }
  const held = {
    quantity: knownAmountIn(row, 'quantity'),
    multiplier: multiplierIn(row),
    averagePrice: amountIn(row, 'average_price'),
    lastPrice: priceIn(row, 'last_price'),
  }
  const figures = resultOf(row, held)
  const position = {
    type,
    exchange,
    ...bookSymbol(exchange, tradingSymbol),
    isin: null,
    product: textIn(row, 'product'),
    overnightQuantity: knownAmountIn(row, 'overnight_quantity'),
    closePrice: priceIn(row, 'close_price'),
    ...held,
    ...figures,
  }
  return { position, warning: doubtAbout(tradingSymbol, row, figures) }
}

function multiplierIn(row: VendorRow): Decimal {
  const multiplier = knownAmountIn(row, 'multiplier')
  if (!multiplier.gt(0)) throw new Error('multiplier is not above zero')
  return multiplier
}

type Held = Pick<BrokerPosition, 'quantity' | 'multiplier' | 'averagePrice' | 'lastPrice'>
type Figures = Pick<BrokerPosition, 'pnl' | 'm2m' | 'unrealised' | 'realised'>

/**
 * The vendor's own `unrealised` repeats its `pnl` and its `realised` is always 0, so both are computed. What is held needs a price; what
 * was closed needs none.
 */
function resultOf(row: VendorRow, { quantity, multiplier, averagePrice, lastPrice }: Held): Figures {
  const units = quantity.times(multiplier)
  const worthAt = (price: Decimal | null) => (units.eq(0) ? units : price === null ? null : price.times(units))
  const [worth, cost] = [worthAt(lastPrice), worthAt(averagePrice)]
  const traded = knownAmountIn(row, 'sell_value').minus(knownAmountIn(row, 'buy_value'))
  const tradedToday = knownAmountIn(row, 'sell_m2m').minus(knownAmountIn(row, 'buy_m2m'))
  return {
    pnl: worth && traded.plus(worth),
    m2m: worth && tradedToday.plus(worth),
    unrealised: worth && cost && worth.minus(cost),
    realised: cost && traded.plus(cost),
  }
}

function doubtAbout(tradingSymbol: string, row: VendorRow, { pnl, m2m }: Figures): string | null {
  const differs = (ours: Decimal | null, theirs: Decimal) => ours?.minus(theirs).abs().gt(roundingRupees) ?? false
  if (!differs(pnl, knownAmountIn(row, 'pnl')) && !differs(m2m, knownAmountIn(row, 'm2m'))) return null
  return `Zerodha shows another result for ${tradingSymbol} than its own quantities and prices give.`
}
