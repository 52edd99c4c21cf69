import type { Mover } from '@banyan/contracts'
import { type EpochMs, formatIst } from '@banyan/domain'
import type { InstrumentsModule } from '../../modules/instruments/index.ts'
import type { PricedQuote } from '../../modules/market/index.ts'
import { toAgeMs } from '../api/provenance.ts'
import { roundedChange } from '../api/rounded-change.ts'

/** Returns null for a quote without previous close: it has no move to show. */
export function toMover(quote: PricedQuote, instruments: InstrumentsModule, now: EpochMs): Mover | null {
  const { change, changePercent } = roundedChange(quote)
  if (quote.prevClose === null || change === null || changePercent === null) return null
  const instrument = instruments.find(quote.instrument)
  return {
    instrument: quote.instrument,
    name: instrument?.name ?? null,
    sector: instrument?.sector ?? null,
    last_price: quote.lastPrice,
    prev_close: quote.prevClose,
    change,
    change_percent: changePercent,
    source: quote.source,
    as_of: formatIst(quote.asOf),
    age_ms: toAgeMs(now, quote.asOf),
    delay: quote.delay,
  }
}
