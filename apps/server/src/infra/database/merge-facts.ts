import type { InstrumentFact } from '../../modules/imports/index.ts'

/** The columns of an instrument that lists may tell. Null is "not told". */
export interface ToldInstrument {
  readonly name: string | null
  readonly isin: string | null
  readonly kind: string
  readonly series: string | null
  readonly sector: string | null
  readonly lot_size: number | null
  readonly tick_size: string | null
}

export function toToldInstrument(fact: InstrumentFact): ToldInstrument {
  return {
    name: fact.name,
    isin: fact.isin,
    kind: fact.kind,
    series: fact.series,
    sector: fact.sector,
    lot_size: fact.lotSize,
    tick_size: fact.tickSize,
  }
}

/** Returns what is known after a list was read: its word where it said something, else what was known before. */
export function completeInstrument(known: ToldInstrument, told: ToldInstrument): ToldInstrument {
  return {
    name: told.name ?? known.name,
    isin: told.isin ?? known.isin,
    kind: told.kind,
    series: told.series ?? known.series,
    sector: told.sector ?? known.sector,
    lot_size: told.lot_size ?? known.lot_size,
    tick_size: told.tick_size ?? known.tick_size,
  }
}
