import { type EpochMs, istDate } from '@banyan/domain'
import type { SandboxInstrument, SandboxMarket } from '../core/upstream.ts'
import { type BreezeCodes, cashExchanges } from './breeze-codes.ts'
import { figure, rupees } from './figures.ts'
import { spelledTime } from './vendor-time.ts'

const bandPct = 20

/** Returns the rows of `quotes` for a code: one for every exchange that lists it, whichever was asked for; none for an unknown code. */
export function quoteRows(code: string, codes: BreezeCodes, market: SandboxMarket, at: EpochMs): readonly object[] {
  const listed = cashExchanges.flatMap((exchange) => codes.find(exchange, code) ?? [])
  return listed.flatMap((instrument) => quoteRow(instrument, code, market, at) ?? [])
}

function quoteRow(instrument: SandboxInstrument, code: string, market: SandboxMarket, at: EpochMs): object | null {
  const price = market.price(instrument.id, at)
  if (price === null || istDate(at) < instrument.listedOn) return null
  const { last, open, high, low, prevClose, volume, lastTradeAt } = price
  const step = instrument.tickSize
  return {
    exchange_code: instrument.exchange,
    product_type: '',
    stock_code: code,
    expiry_date: null,
    right: null,
    strike_price: 0,
    ltp: last,
    ltt: spelledTime(lastTradeAt),
    best_bid_price: rupees(last - step),
    best_bid_quantity: instrument.kind === 'index' ? '0' : '25',
    best_offer_price: rupees(last + step),
    best_offer_quantity: instrument.kind === 'index' ? '0' : '40',
    open,
    high,
    low,
    previous_close: prevClose,
    // Binary noise and all: the vendor does not round it.
    ltp_percent_change: (last / prevClose - 1) * 100,
    upper_circuit: rupees(prevClose * (1 + bandPct / 100)),
    lower_circuit: rupees(prevClose * (1 - bandPct / 100)),
    total_quantity_traded: figure(volume),
    spot_price: null,
  }
}
