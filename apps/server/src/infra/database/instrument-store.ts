import { type Exchange, type InstrumentKind, instrumentId } from '@banyan/domain'
import type { InstrumentStore } from '../../modules/instruments/index.ts'
import type { DatabaseReads } from './open-reads.ts'

/** Creates the instrument store: whole lists, ordered by their natural keys, the same on both engines. */
export function createInstrumentStore({ reader }: Pick<DatabaseReads, 'reader'>): InstrumentStore {
  return {
    async listInstruments() {
      const rows = await reader
        .selectFrom('instruments')
        .select(['key', 'exchange', 'symbol', 'name', 'isin', 'kind', 'series', 'sector'])
        .select(['lot_size as lotSize', 'tick_size as tickSize'])
        .orderBy('exchange')
        .orderBy('symbol')
        .execute()
      return rows.map((row) => {
        const exchange = row.exchange as Exchange
        return { ...row, exchange, kind: row.kind as InstrumentKind, id: instrumentId(exchange, row.symbol) }
      })
    },
    async listAliases() {
      return reader
        .selectFrom('instrument_aliases')
        .select(['upstream', 'name', 'instrument_key as key'])
        .orderBy('upstream')
        .orderBy('name')
        .execute()
    },
  }
}
