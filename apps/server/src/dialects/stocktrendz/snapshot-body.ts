import type { Snapshot } from '@banyan/contracts'
import { type EpochMs, formatIst } from '@banyan/domain'
import type { MarketSnapshot, PricedQuote } from '../../modules/market/index.ts'
import { disclaimer } from '../api/disclaimer.ts'
import { toProvenance } from '../api/provenance.ts'
import { roundedChange } from '../api/rounded-change.ts'

/** Renders the snapshot with ages at `now` (market clock). */
export function toSnapshot(snapshot: MarketSnapshot, signals: Snapshot['signals'], now: EpochMs): Snapshot {
  const indices = {
    nifty: toIndex('NSE:NIFTY 50', snapshot.nifty, now),
    banknifty: toIndex('NSE:NIFTY BANK', snapshot.bankNifty, now),
    sensex: toIndex('BSE:SENSEX', snapshot.sensex, now),
  }
  return {
    nifty_price: indices.nifty.last_price,
    nifty_change: indices.nifty.change_percent,
    banknifty_price: indices.banknifty.last_price,
    banknifty_change: indices.banknifty.change_percent,
    sensex_price: indices.sensex.last_price,
    sensex_change: indices.sensex.change_percent,
    indices,
    signals,
    sectors: snapshot.sectors.map(({ name, instrument, quote }) => ({
      name,
      instrument,
      change: quote && roundedChange(quote).changePercent,
      ...toProvenance(quote, now),
    })),
    market: toMarket(snapshot),
    disclaimer,
  }
}

function toIndex(instrument: string, quote: PricedQuote | null, now: EpochMs) {
  return {
    instrument,
    last_price: quote?.lastPrice ?? null,
    prev_close: quote?.prevClose ?? null,
    change_percent: quote && roundedChange(quote).changePercent,
    ...toProvenance(quote, now),
  }
}

function toMarket(snapshot: MarketSnapshot): Snapshot['market'] {
  const { nifty, bankNifty, sensex, status } = snapshot
  const times = [nifty, bankNifty, sensex].filter((quote) => quote !== null).map((quote) => quote.asOf)
  return {
    is_open: status.isOpen,
    as_of_ist: times.length === 0 ? null : formatIst(Math.max(...times)),
    state: status.phase,
    next_open_ist: status.nextOpen === null ? null : formatIst(status.nextOpen),
    holiday: status.holiday,
    mode: status.mode,
    recorded_date: status.recordedDate,
    calendar_warning: status.calendarWarning,
  }
}
