import { type EpochMs, istDate } from '@banyan/domain'
import { scriptedInstrument } from '../core/scripted-instrument.ts'
import { rupeesOf } from '../core/scripted-price.ts'
import type { SandboxMarket } from '../core/upstream.ts'
import { tokenOf } from './instrument-token.ts'
import type { ScriptedHolding } from './portfolio.ts'
import { vendorTime } from './vendor-time.ts'

/** Returns `data` of `/portfolio/holdings`. Amounts carry the noise of binary fractions, as the vendor's do. */
export function holdingRows(scripted: readonly ScriptedHolding[], market: SandboxMarket, at: EpochMs) {
  return scripted.map((holding) => holdingRow(holding, market, at))
}

function holdingRow(holding: ScriptedHolding, market: SandboxMarket, at: EpochMs) {
  const instrument = scriptedInstrument(market, holding.instrument, istDate(at))
  const price = market.price(instrument.id, at)
  if (price === null) throw new Error(`${instrument.id} has no price yet.`)
  const { quantity, t1Quantity = 0, usedQuantity = 0, collateralQuantity = 0, mtf } = holding
  const averagePrice = rupeesOf(holding.averagePrice, price.prevClose, instrument)
  const dayChange = price.last - price.prevClose
  return {
    tradingsymbol: instrument.tradingSymbol,
    exchange: instrument.exchange,
    instrument_token: tokenOf(instrument),
    isin: instrument.isin,
    product: 'CNC',
    price: 0,
    quantity,
    used_quantity: usedQuantity,
    t1_quantity: t1Quantity,
    realised_quantity: quantity,
    authorised_quantity: 0,
    authorised_date: `${vendorTime(at).slice(0, 10)} 00:00:00`,
    authorisation: {},
    opening_quantity: quantity,
    short_quantity: 0,
    collateral_quantity: collateralQuantity,
    collateral_type: collateralQuantity > 0 ? 'WC' : '',
    discrepancy: holding.discrepancy ?? false,
    average_price: averagePrice,
    last_price: price.last,
    close_price: price.prevClose,
    pnl: (price.last - averagePrice) * (quantity + t1Quantity),
    day_change: dayChange,
    day_change_percentage: (dayChange / price.prevClose) * 100,
    mtf: fundedFields(mtf && { ...mtf, averagePrice: rupeesOf(mtf.averagePrice, price.prevClose, instrument) }),
  }
}

function fundedFields(mtf: { readonly quantity: number; readonly averagePrice: number } | undefined) {
  const { quantity, averagePrice } = mtf ?? { quantity: 0, averagePrice: 0 }
  const value = quantity * averagePrice
  return { quantity, used_quantity: 0, average_price: averagePrice, value, initial_margin: value / 4 }
}
