import type { EpochMs } from '@banyan/domain'
import { expect } from 'vitest'
import { tokenOf } from '../../apps/sandbox/src/zerodha/instrument-token.ts'
import type { ScriptedHolding, ScriptedPosition } from '../../apps/sandbox/src/zerodha/portfolio.ts'
import type { KiteTick } from './kite-readings.ts'
import { market, scriptedRow } from './scripted-market.ts'

/** Decimals to which products of prices and quantities agree. */
const places = 4

export function expectedHolding(scripted: ScriptedHolding, at: EpochMs) {
  const { instrument, price, rupees } = scriptedRow(scripted.instrument, at)
  const { quantity, t1Quantity = 0, mtf } = scripted
  const average = rupees(scripted.averagePrice)
  return {
    exchange: instrument.exchange,
    tradingsymbol: instrument.tradingSymbol,
    isin: instrument.isin,
    quantity,
    t1_quantity: t1Quantity,
    used_quantity: scripted.usedQuantity ?? 0,
    collateral_quantity: scripted.collateralQuantity ?? 0,
    discrepancy: scripted.discrepancy ?? false,
    average_price: average,
    last_price: price.last,
    close_price: price.prevClose,
    pnl: expect.closeTo((price.last - average) * (quantity + t1Quantity), places),
    mtf: expect.objectContaining({ quantity: mtf?.quantity ?? 0, average_price: mtf?.averagePrice ?? 0 }),
  }
}

export function expectedPosition(scripted: ScriptedPosition, at: EpochMs) {
  const { instrument, price, rupees } = scriptedRow(scripted.instrument, at)
  const { product, multiplier = 1, overnight, trades = [] } = scripted
  const held = overnight?.quantity ?? 0
  const moves = [
    { units: held, paid: rupees(overnight?.price ?? 0) },
    ...trades.map(({ side, quantity, price: paid }) => ({
      units: side === 'buy' ? quantity : -quantity,
      paid: rupees(paid),
    })),
  ]
  const quantity = moves.reduce((sum, { units }) => sum + units, 0)
  const value = -moves.reduce((sum, { units, paid }) => sum + units * paid * multiplier, 0)
  return {
    exchange: instrument.exchange,
    tradingsymbol: instrument.tradingSymbol,
    instrument_token: tokenOf(instrument),
    product,
    multiplier,
    quantity,
    overnight_quantity: held,
    last_price: price.last,
    value: expect.closeTo(value, places),
    pnl: expect.closeTo(value + quantity * price.last * multiplier, places),
  }
}

export function expectedCandles(id: string, interval: 'day' | number, from: string, at: EpochMs) {
  return market.candles(id, interval, Date.parse(from), at, at).map(({ time, open, high, low, close, volume }) => ({
    date: new Date(time).toISOString(),
    ...{ open, high, low, close, volume },
  }))
}

/** Returns what the market held at the time that a tick tells. */
export function expectedTick(id: string, { exchange_timestamp: time = '' }: KiteTick) {
  const { price, instrument } = scriptedRow(id, Date.parse(time))
  const { last, open, high, low, prevClose, volume } = price
  const close = (value: number) => expect.closeTo(value, 6)
  const isIndex = instrument.kind === 'index'
  return {
    tradable: !isIndex,
    last_price: close(last),
    ohlc: { open: close(open), high: close(high), low: close(low), close: close(prevClose) },
    ...(!isIndex && { volume_traded: volume }),
  }
}
