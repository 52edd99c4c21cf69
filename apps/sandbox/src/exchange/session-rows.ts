import { dayNumberOf, istDate, istMidnight, type TradingDate } from '@banyan/domain'
import { createNoise } from '../core/seeded-noise.ts'
import type { SandboxInstrument, SandboxMarket, SandboxPrice } from '../core/upstream.ts'

/** One instrument's session, raw. Rupees and units. */
export interface SessionRow extends Omit<SandboxPrice, 'last' | 'lastTradeAt' | 'openInterest'> {
  readonly instrument: SandboxInstrument
  readonly close: number
  readonly turnover: number
  readonly trades: number
  readonly openInterest: number | null
}

export interface SessionRowsParts {
  readonly market: SandboxMarket
  readonly seed: number
}

/** By then everything that trades on NSE or BSE has ended. */
const evening = 20 * 3_600_000
const unitsPerTrade = 90

/** Returns the rows of what traded on a date and passes the filter, by trading symbol. */
export function sessionRows(
  { market, seed }: SessionRowsParts,
  date: TradingDate,
  filter: (instrument: SandboxInstrument) => boolean,
): readonly SessionRow[] {
  const rows = market.instruments(date).flatMap((instrument) => {
    const price = filter(instrument) ? market.price(instrument.id, istMidnight(date) + evening) : null
    return price !== null && istDate(price.lastTradeAt) === date ? [sessionRow(instrument, price, seed, date)] : []
  })
  return rows.sort((a, b) => (a.instrument.tradingSymbol < b.instrument.tradingSymbol ? -1 : 1))
}

function sessionRow(instrument: SandboxInstrument, price: SandboxPrice, seed: number, date: TradingDate): SessionRow {
  const { open, high, low, last, prevClose, average, volume, openInterest } = price
  const busy = createNoise(seed, `exchange/trades/${instrument.id}`).at(dayNumberOf(date))
  return {
    instrument,
    ...{ open, high, low, close: last, prevClose, average, volume },
    turnover: average * volume,
    trades: volume === 0 ? 0 : Math.ceil(volume / (unitsPerTrade * (1 + busy / 2))),
    openInterest: openInterest?.now ?? null,
  }
}

/** Tells whether it has a row in NSE's files of the cash market: shares, funds and bonds of any series. */
export function isNseCash({ exchange, kind }: SandboxInstrument): boolean {
  return exchange === 'NSE' && kind !== 'index'
}
