import type { CandleStore } from '../../../modules/candles/index.ts'
import type { ImportTransaction } from '../../../modules/imports/index.ts'
import type { InstrumentStore } from '../../../modules/instruments/index.ts'
import type { TouchedSeries } from '../suspect-jumps.ts'
import type { OpenStores } from './open-stores.ts'

export const nseSource = { id: 'nse', rank: 10, note: null }

/** What a test of the stores is given: an empty store of this release's schema and an open import. */
export interface StoreContext {
  readonly stores: OpenStores
  /** Rolled back after the test unless it has ended. */
  tx: ImportTransaction
  instruments(): InstrumentStore
  candles(): CandleStore
  /** Writes daily closes of one new instrument under one source, uncommitted. */
  putDaily(closes: readonly number[]): Promise<TouchedSeries>
}

const dataTables = [
  'candles',
  'suspect_jumps',
  'adjustments',
  'instrument_aliases',
  'instruments',
  'candle_sources',
  'imported_files',
  'edges',
  'edge_runs',
  'settings',
  'audit_events',
  'guess_counters',
  'codes',
  'steps',
  'accounts', // and with them what belongs to them
] as const

export async function emptyTables({ database }: Pick<OpenStores, 'database'>): Promise<void> {
  await database.writer.transaction().execute(async (trx) => {
    for (const table of dataTables) await trx.deleteFrom(table).execute()
  })
}

/** Returns how many rows all tables of data hold together. */
export async function countRows({ database }: OpenStores): Promise<number> {
  let rows = 0
  for (const table of dataTables) {
    const { count } = await database.reader
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    rows += count
  }
  return rows
}
