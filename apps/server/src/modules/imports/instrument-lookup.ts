import type { Exchange, Instrument, InstrumentId } from '@banyan/domain'
import type { InstrumentStore } from '../instruments/index.ts'
import type { InstrumentFact } from './import-store.ts'

/** The instruments known so far, kept up to date while files are imported. */
export interface InstrumentLookup {
  /** Returns the instrument of an ID, a former symbol or a BSE scrip code, or null. */
  find(id: InstrumentId): Instrument | null
  /** Returns the instrument of an exchange with this ISIN: a share keeps it when it is renamed. */
  findByIsin(exchange: Exchange, isin: string): Instrument | null
  /** Adds what a committed file told. */
  learn(facts: readonly InstrumentFact[]): void
}

/** Reads all instruments and former names once. */
export async function loadInstrumentLookup(
  store: Pick<InstrumentStore, 'listInstruments' | 'listAliases'>,
): Promise<InstrumentLookup> {
  const byId = new Map<string, Instrument>()
  const byIsin = new Map<string, Instrument>()
  const byFormerId = new Map<string, string>()
  const remember = (instrument: Instrument) => {
    byId.set(instrument.id, instrument)
    if (instrument.isin !== null) byIsin.set(`${instrument.exchange}:${instrument.isin}`, instrument)
  }
  const instruments = await store.listInstruments()
  const byKey = new Map(instruments.map((instrument) => [instrument.key, instrument]))
  instruments.forEach(remember)
  for (const alias of await store.listAliases()) {
    const instrument = byKey.get(alias.key)
    if (instrument && isFormerId(alias.upstream)) byFormerId.set(alias.name, instrument.id)
  }
  return {
    find: (id) => byId.get(id) ?? byId.get(byFormerId.get(id) ?? '') ?? null,
    findByIsin: (exchange, isin) => byIsin.get(`${exchange}:${isin}`) ?? null,
    learn(facts) {
      for (const fact of facts) {
        const known = byId.get(fact.id)
        remember(known === undefined ? fact : complete(known, fact))
        for (const alias of fact.aliases) if (isFormerId(alias.upstream)) byFormerId.set(alias.name, fact.id)
      }
    },
  }
}

/** Upstreams whose names are IDs of ours: former symbols and scrip codes. */
function isFormerId(upstream: string): boolean {
  return upstream === 'symbol' || upstream === 'bse-code'
}

function complete(known: Instrument, fact: InstrumentFact): Instrument {
  return { ...known, kind: fact.kind, isin: fact.isin ?? known.isin }
}

/**
 * Returns the fact about the instrument it means: one known under this ID or a former one, else one of the same exchange and ISIN,
 * whose other symbol is then remembered as a former one. `equity` is what files without a kind are read as, so it never
 * overrules a kind that is known.
 */
export function resolveFact(fact: InstrumentFact, lookup: InstrumentLookup): InstrumentFact {
  const byId = lookup.find(fact.id)
  const known = byId ?? (fact.isin === null ? null : lookup.findByIsin(fact.exchange, fact.isin))
  if (known === null) return fact
  const kind = fact.kind === 'equity' ? known.kind : fact.kind
  if (known.id === fact.id) return { ...fact, kind }
  const aliases = byId === null ? [...fact.aliases, { upstream: 'symbol', name: fact.id }] : fact.aliases
  return { ...fact, id: known.id, exchange: known.exchange, symbol: known.symbol, kind, aliases }
}
