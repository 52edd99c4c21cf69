import { type Decimal, decimalOf, type EpochMs, istDate, sumOf, toNumber } from '@banyan/domain'
import { scriptedInstrument } from '../core/scripted-instrument.ts'
import { rupeesOf } from '../core/scripted-price.ts'
import type { SandboxInstrument, SandboxMarket, SandboxPrice } from '../core/upstream.ts'
import { tokenOf } from './instrument-token.ts'
import type { ScriptedPosition, ScriptedTrade } from './portfolio.ts'

/** Units bought or sold and what they cost, in rupees times the multiplier. */
interface Side {
  readonly quantity: Decimal
  readonly value: Decimal
}

/** What a row is computed from. */
export interface PositionBook {
  readonly multiplier: Decimal
  /** Signed units held since before today, and what they cost or brought. */
  readonly overnight: Side
  readonly bought: Side
  readonly sold: Side
  readonly close: Decimal
  readonly last: Decimal
}

/** Returns `data` of `/portfolio/positions`: `net` is all of them now, `day` is today's trading of the same instruments alone. */
export function positionLists(scripted: readonly ScriptedPosition[], market: SandboxMarket, at: EpochMs) {
  const rows = scripted.map((position) => {
    const instrument = scriptedInstrument(market, position.instrument, istDate(at))
    const price = market.price(instrument.id, at)
    if (price === null) throw new Error(`${instrument.id} has no price yet.`)
    const book = bookOf(position, instrument, price)
    return { head: headOf(position, instrument), book }
  })
  const nothing = { quantity: decimalOf(0), value: decimalOf(0) }
  return {
    net: rows.map(({ head, book }) => ({ ...head, ...positionFigures(book) })),
    day: rows
      .filter(({ book }) => !book.bought.quantity.plus(book.sold.quantity).eq(0))
      .map(({ head, book }) => ({ ...head, ...positionFigures({ ...book, overnight: nothing }) })),
  }
}

function headOf({ product }: ScriptedPosition, instrument: SandboxInstrument) {
  return {
    tradingsymbol: instrument.tradingSymbol,
    exchange: instrument.exchange,
    instrument_token: tokenOf(instrument),
    product,
  }
}

function bookOf(position: ScriptedPosition, instrument: SandboxInstrument, price: SandboxPrice): PositionBook {
  const multiplier = decimalOf(position.multiplier ?? 1)
  const sideOf = (trades: readonly ScriptedTrade[]): Side => ({
    quantity: sumOf(trades.map(({ quantity }) => decimalOf(quantity))),
    value: sumOf(trades.map((trade) => amountOf(trade.quantity, trade.price))),
  })
  const amountOf = (quantity: number, scriptedPrice: ScriptedTrade['price']) =>
    decimalOf(rupeesOf(scriptedPrice, price.prevClose, instrument))
      .times(quantity)
      .times(multiplier)
  const trades = position.trades ?? []
  const { quantity, price: overnightPrice } = position.overnight ?? { quantity: 0, price: 0 }
  return {
    multiplier,
    overnight: { quantity: decimalOf(quantity), value: amountOf(Math.abs(quantity), overnightPrice) },
    bought: sideOf(trades.filter(({ side }) => side === 'buy')),
    sold: sideOf(trades.filter(({ side }) => side === 'sell')),
    close: decimalOf(price.prevClose),
    last: decimalOf(price.last),
  }
}

/** Decimals of the vendor's amounts and average prices. */
const places = 6

/** Returns the figures of a row by the formulas of upstreams.md §2.6. The vendor's `unrealised` repeats `pnl`, its `realised` is 0. */
export function positionFigures({ multiplier, overnight, bought, sold, close, last }: PositionBook) {
  const zero = decimalOf(0)
  const isShort = overnight.quantity.lt(0)
  const heldQuantity = overnight.quantity.abs()
  const heldAtClose = heldQuantity.times(close).times(multiplier)
  const plus = (side: Side, counts: boolean) => ({
    quantity: side.quantity.plus(counts ? heldQuantity : zero),
    value: side.value.plus(counts ? overnight.value : zero),
  })
  const [buy, sell] = [plus(bought, !isShort), plus(sold, isShort)]
  const buyM2m = bought.value.plus(isShort ? zero : heldAtClose)
  const sellM2m = sold.value.plus(isShort ? heldAtClose : zero)
  const quantity = buy.quantity.minus(sell.quantity)
  const worth = quantity.times(last).times(multiplier)
  const value = sell.value.minus(buy.value)
  const pnl = value.plus(worth)
  const averageOf = (side: Side) => (side.quantity.eq(0) ? zero : side.value.div(side.quantity.times(multiplier)))
  const number = (amount: Decimal) => toNumber(amount, places)
  return {
    quantity: number(quantity),
    overnight_quantity: number(overnight.quantity),
    multiplier: number(multiplier),
    average_price: number(quantity.eq(0) ? zero : averageOf(quantity.gt(0) ? buy : sell)),
    close_price: number(close),
    last_price: number(last),
    value: number(value),
    pnl: number(pnl),
    m2m: number(sellM2m.minus(buyM2m).plus(worth)),
    unrealised: number(pnl),
    realised: 0,
    buy_quantity: number(buy.quantity),
    buy_price: number(averageOf(buy)),
    buy_value: number(buy.value),
    buy_m2m: number(buyM2m),
    sell_quantity: number(sell.quantity),
    sell_price: number(averageOf(sell)),
    sell_value: number(sell.value),
    sell_m2m: number(sellM2m),
    day_buy_quantity: number(bought.quantity),
    day_buy_price: number(averageOf(bought)),
    day_buy_value: number(bought.value),
    day_sell_quantity: number(sold.quantity),
    day_sell_price: number(averageOf(sold)),
    day_sell_value: number(sold.value),
  }
}
