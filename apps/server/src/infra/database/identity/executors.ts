import type { Kysely, Transaction } from 'kysely'
import type { Engine } from '../migrations/migration.ts'
import type { Schema } from '../schema.ts'

/** What a read is made of: the reading side of the database or a transaction. */
export type Reader = Pick<Kysely<Schema>, 'selectFrom'>

/** What a write is made of. */
export interface Writer {
  readonly trx: Transaction<Schema>
  readonly engine: Engine
}
