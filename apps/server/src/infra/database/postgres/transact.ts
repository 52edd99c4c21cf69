import { setTimeout as sleep } from 'node:timers/promises'
import { BanyanError } from '@banyan/domain'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Schema } from '../schema.ts'

/** Serialization failure, deadlock, and a foreign key whose row a parallel transaction removed: what is read again differs. */
const conflictCodes: ReadonlySet<string> = new Set(['40001', '40P01', '23503'])

const attempts = 5
const longestPauseMs = 25

/** Returns the way to write: one transaction, again from its beginning when it lost against another one, and then `unavailable`. */
export function createPostgresTransact(kysely: Kysely<Schema>): Database['transact'] {
  return (work) => retryConflicts(() => kysely.transaction().execute(work))
}

async function retryConflicts<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      if (!isConflict(error)) throw error
      if (attempt === attempts) throw new BanyanError('unavailable', { retryAfterS: 1, cause: error })
      // Unequal pauses, or the same two would meet again.
      await sleep(Math.random() * longestPauseMs * attempt)
    }
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && conflictCodes.has(error.code)
}
