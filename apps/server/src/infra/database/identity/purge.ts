import { setImmediate } from 'node:timers/promises'
import { dayMs, type EpochMs } from '@banyan/domain'
import { sql } from 'kysely'
import type { Database } from '../database.ts'

/** Rows a transaction removes: a few ms on the one writer. */
const batchRows = 1_000

/** How long a session is kept after its end. */
const endedSessionMs = 30 * dayMs

/** Removes what is over, in batches between which requests are answered and writes get their turn. */
export async function purge(database: Database, now: EpochMs, auditMs: number): Promise<void> {
  const sessionEnd = now - endedSessionMs
  await removeUntil(database, { table: 'steps', key: ['token_hash'], time: 'expires_at', until: now })
  await removeUntil(database, { table: 'codes', key: ['subject', 'purpose'], time: 'expires_at', until: now })
  await removeUntil(database, { table: 'guess_counters', key: ['bucket'], time: 'over_at', until: now })
  await removeUntil(database, { table: 'bearers', key: ['token_hash'], time: 'expires_at', until: now })
  await removeUntil(database, { table: 'device_tokens', key: ['token_hash'], time: 'expires_at', until: now })
  await removeUntil(database, { table: 'sessions', key: ['id'], time: 'expires_at', until: sessionEnd })
  await removeUntil(database, { table: 'sessions', key: ['id'], time: 'ended_at', until: sessionEnd })
  await removeUntil(database, { table: 'audit_events', key: ['id'], time: 'at', until: now - auditMs })
  await forgetPendingTotp(database, now)
}

interface Expiry {
  readonly table: string
  readonly key: readonly string[]
  readonly time: string
  /** Included. */
  readonly until: EpochMs
}

async function removeUntil(database: Database, { table, key, time, until }: Expiry): Promise<void> {
  const columns = sql.join(key.map((column) => sql.ref(column)))
  const removing = sql`delete from ${sql.table(table)} where (${columns}) in
    (select ${columns} from ${sql.table(table)} where ${sql.ref(time)} <= ${until} order by ${sql.ref(time)} limit ${batchRows})`
  for (;;) {
    const { numAffectedRows } = await database.transact((trx) => removing.execute(trx))
    if ((numAffectedRows ?? 0n) < batchRows) return
    await setImmediate()
  }
}

/** A secret nobody confirmed in time is worth nothing and must not lie about. */
async function forgetPendingTotp({ transact }: Database, now: EpochMs): Promise<void> {
  await transact(async (trx) => {
    const forgetting = trx.updateTable('totp_secrets').set({ pending_secret: null, pending_until: null })
    await forgetting.where('pending_until', '<=', now).execute()
    await trx.deleteFrom('totp_secrets').where('secret', 'is', null).where('pending_secret', 'is', null).execute()
  })
}
