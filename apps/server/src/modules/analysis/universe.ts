import type { InstrumentId } from '@banyan/domain'
import type { InstrumentsModule, StoredInstrument } from '../instruments/index.ts'

/** Returns the shares, each company once: those of NSE, and those of BSE that NSE does not list. Edges and signals are of these. */
export function listShares(instruments: Pick<InstrumentsModule, 'list'>): readonly InstrumentId[] {
  const shares = instruments.list().filter(({ kind, exchange }) => kind === 'equity' && isCash(exchange))
  const onNse = new Set(shares.flatMap(({ exchange, isin }) => (exchange === 'NSE' && isin !== null ? [isin] : [])))
  return shares
    .filter(({ exchange, isin }) => exchange === 'NSE' || isin === null || !onNse.has(isin))
    .map(({ id }) => id)
}

/** Returns what is searched for similar stretches: the shares and the indices. */
export function listSearched(instruments: Pick<InstrumentsModule, 'list'>): readonly InstrumentId[] {
  const indices = instruments.list().filter(({ kind }) => kind === 'index')
  return [...listShares(instruments), ...indices.map(({ id }) => id)]
}

function isCash(exchange: StoredInstrument['exchange']): boolean {
  return exchange === 'NSE' || exchange === 'BSE'
}
