import { setImmediate as nextTurn } from 'node:timers/promises'
import { BanyanError } from '@banyan/domain'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Schema } from '../schema.ts'

/**
 * Returns the way to the one writer. The patience counts from the call: while an import holds the lock, writes wait in line,
 * and each would otherwise begin to wait when the one before it gave up.
 */
export function createSqliteTransact(writer: Kysely<Schema>, patienceMs: number): Database['transact'] {
  return async (work) => {
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), patienceMs)
    try {
      return await writer.connection().execute((own) => inTurn(own, work), { signal: patience.signal })
    } catch (error) {
      if (error !== patience.signal.reason) throw error
      throw new BanyanError('unavailable', { retryAfterS: 1, cause: error })
    } finally {
      clearTimeout(timer)
    }
  }
}

/** Commits wait for the disk with the thread, so requests get a turn of the event loop between those that stand in line: 200 together took a second. */
async function inTurn<T>(own: Kysely<Schema>, work: (trx: Transaction<Schema>) => Promise<T>): Promise<T> {
  await nextTurn()
  return own.transaction().execute(work)
}
