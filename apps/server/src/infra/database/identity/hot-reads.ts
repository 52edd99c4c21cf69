import type { Compilable } from 'kysely'
import type { IdentityReads } from '../../../modules/identity/index.ts'
import type { Database } from '../database.ts'
import { applicationByKey, applicationColumns, applicationReads, toApplication } from './application-rows.ts'
import { bearerByHash, bearerColumns } from './bearer-rows.ts'
import { keyByHash, standingKeyColumns, toKey } from './key-rows.ts'
import { standingById, standingByToken, standingColumns } from './standing-rows.ts'

type HotReads = Pick<
  IdentityReads,
  'findStanding' | 'findStandingByToken' | 'findKey' | 'findBearer' | 'findApplication'
>

/** What every request with a credential asks: compiled once here, prepared once on SQLite. */
export function createHotReads(database: Database): HotReads {
  const { reader } = database
  const findKey = createKeyedRead(database, standingKeyColumns, keyByHash(reader, ''))
  const findByConsumerKey = createKeyedRead(database, applicationColumns, applicationByKey(reader, ''))
  const { findApplication } = applicationReads(reader)
  return {
    findStanding: createKeyedRead(database, standingColumns, standingById(reader, '')),
    findStandingByToken: createKeyedRead(database, standingColumns, standingByToken(reader, '')),
    findBearer: createKeyedRead(database, bearerColumns, bearerByHash(reader, '')),
    async findKey(keyHash) {
      const row = await findKey(keyHash)
      return row ? toKey(row) : null
    },
    async findApplication(by) {
      if ('id' in by) return findApplication(by)
      const row = await findByConsumerKey(by.consumerKey)
      return row ? toApplication(row) : null
    },
  }
}

/** Returns a read of one row by one key from a query whose only parameter is that key, selecting these columns in this order. */
function createKeyedRead<Row>(
  database: Database,
  columns: readonly string[],
  query: Compilable<Row>,
): (key: string) => Promise<Row | null> {
  const compiled = query.compile()
  if (compiled.parameters.length !== 1) throw new Error('A keyed read has its key as the only parameter.')
  const names = columns.map(nameOf)
  return async (key) => {
    const [values] = await database.readArrays({ ...compiled, parameters: [key] })
    return values ? (toRow(names, values) as Row) : null
  }
}

/** `k.id` is named `id`, `k.account_id as accountId` is named `accountId`. */
function nameOf(column: string): string {
  return column.split(/ as |\./).at(-1) ?? column
}

function toRow(names: readonly string[], values: readonly unknown[]): unknown {
  const row: Record<string, unknown> = {}
  for (let i = 0; i < names.length; i++) row[names[i] ?? ''] = values[i]
  return row
}
