import { type EpochMs, formatIst, istDate } from '@banyan/domain'
import { breezeCodesOn } from '../../apps/sandbox/src/icici/breeze-codes.ts'
import { defaultPortfolios } from '../../apps/sandbox/src/icici/portfolio.ts'
import { market, scriptedRow } from './scripted-market.ts'

/** Who owns every trap there is. */
export const userId = 'BANYAN01'
const { holdings, positions } = defaultPortfolios[userId] ?? { holdings: [], positions: [] }

export function expectedHoldings(exchange: 'NSE' | 'BSE', at: EpochMs) {
  const codes = breezeCodesOn(market, istDate(at))
  return holdings
    .map((scripted) => ({ ...scripted, ...scriptedRow(scripted.instrument, at) }))
    .filter(({ instrument }) => instrument.exchange === exchange)
    .map(({ instrument, quantity, averagePrice, price, rupees }) => ({
      stock_code: codes.codeOf(instrument),
      exchange_code: exchange,
      quantity: String(quantity),
      average_price: String(rupees(averagePrice)),
      current_market_price: String(price.last),
    }))
}

/** Returns units that are not pledged, by ISIN. */
export function expectedDemat(at: EpochMs): Readonly<Record<string, number>> {
  const units: Record<string, number> = {}
  for (const { instrument, quantity, pledgedQuantity = 0 } of holdings) {
    const isin = String(scriptedRow(instrument, at).instrument.isin)
    units[isin] = (units[isin] ?? 0) + quantity - pledgedQuantity
  }
  return units
}

export function expectedPositions(at: EpochMs) {
  const codes = breezeCodesOn(market, istDate(at))
  return positions.map(({ instrument: name, product, action, quantity, averagePrice }) => {
    const { instrument, price, rupees } = scriptedRow(name, at)
    return {
      stock_code: codes.codeOf(instrument),
      exchange_code: instrument.exchange,
      product_type: product,
      action: { buy: 'Buy', sell: 'Sell' }[action],
      quantity: String(quantity),
      average_price: String(rupees(averagePrice)),
      ltp: String(price.last),
      pnl: null,
    }
  })
}

export function expectedQuote(name: string, at: EpochMs) {
  const { instrument, price } = scriptedRow(name, at)
  return { exchange_code: instrument.exchange, ltp: price.last, previous_close: price.prevClose }
}

export function expectedCandles(id: string, interval: 'day' | number, from: EpochMs, at: EpochMs) {
  return market.candles(id, interval, from, at, at).map(({ time, open, high, low, close, volume }) => ({
    datetime: formatIst(time).slice(0, 19).replace('T', ' '),
    ...{ open, high, low, close, volume },
  }))
}
