import type { EpochMs } from '@banyan/domain'
import type { Transaction } from 'kysely'
import type { IdentityReads, IdentityTransaction, StoredSession } from '../../../modules/identity/index.ts'
import type { Schema } from '../schema.ts'
import type { Reader, Writer } from './executors.ts'
import { takeTurnsOnAccount } from './row-locks.ts'

const columns = [
  'id',
  'account_id as accountId',
  'surface',
  'application_id as applicationId',
  'token_hash as tokenHash',
  'created_at as createdAt',
  'last_seen_at as lastSeenAt',
  'expires_at as expiresAt',
  'ended_at as endedAt',
  'address',
  'user_agent as userAgent',
  'device_facts as deviceFacts',
  'refresh_hash as refreshHash',
  'refresh_issued_at as refreshIssuedAt',
  'previous_refresh_hash as previousRefreshHash',
] as const

export function sessionReads(reader: Reader): Pick<IdentityReads, 'findSession' | 'listLiveSessions'> {
  const all = () => reader.selectFrom('sessions').select(columns)
  return {
    async findSession(id) {
      const row = await all().where('id', '=', id).executeTakeFirst()
      return row ? toSession(row) : null
    },
    async listLiveSessions(accountId, now) {
      const rows = await all()
        .where('account_id', '=', accountId)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', now)
        .orderBy('last_seen_at', 'desc')
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(toSession)
    },
  }
}

type SessionWrites = Pick<
  IdentityTransaction,
  'insertSession' | 'rotateRefresh' | 'endSessions' | 'endOldestSessions' | 'touchSession'
>

export function sessionWrites(writer: Writer): SessionWrites {
  const { trx } = writer
  return {
    async insertSession(session) {
      await trx.insertInto('sessions').values(toRow(session)).execute()
    },
    async rotateRefresh(sessionId, from, to, now) {
      const rotated = await trx
        .updateTable('sessions')
        .set({ refresh_hash: to, refresh_issued_at: now, previous_refresh_hash: from })
        .where('id', '=', sessionId)
        .where('refresh_hash', '=', from)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return rotated.numUpdatedRows > 0n
    },
    async endSessions({ accountId, id, surfaces, except }, reason, now) {
      if (surfaces?.length === 0) return []
      let ending = endingLive(trx, reason, now).where('account_id', '=', accountId)
      if (id !== undefined) ending = ending.where('id', '=', id)
      if (surfaces !== undefined) ending = ending.where('surface', 'in', surfaces)
      if (except !== undefined) ending = ending.where('id', '<>', except)
      return idsOf(await ending.returning('id').execute())
    },
    async endOldestSessions(accountId, surfaces, keep, now) {
      if (surfaces.length === 0) return []
      await takeTurnsOnAccount(writer, accountId)
      const newest = trx
        .selectFrom('sessions')
        .select('id')
        .where('account_id', '=', accountId)
        .where('surface', 'in', surfaces)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', now)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(keep)
      const ending = endingLive(trx, 'limit', now)
        .where('account_id', '=', accountId)
        .where('surface', 'in', surfaces)
        .where('id', 'not in', newest)
      return idsOf(await ending.returning('id').execute())
    },
    async touchSession(id, now) {
      await trx
        .updateTable('sessions')
        .set({ last_seen_at: now })
        .where('id', '=', id)
        .where('last_seen_at', '<', now)
        .execute()
    },
  }
}

/** Returns an update that ends sessions which are neither ended nor over; the caller says which. */
export function endingLive(trx: Transaction<Schema>, reason: string, now: EpochMs) {
  return trx
    .updateTable('sessions')
    .set({ ended_at: now, end_reason: reason })
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
}

export function idsOf(rows: readonly { readonly id: string }[]): readonly string[] {
  return rows.map((row) => row.id)
}

function toSession(row: Omit<StoredSession, 'deviceFacts'> & { readonly deviceFacts: string | null }): StoredSession {
  return { ...row, deviceFacts: row.deviceFacts === null ? null : JSON.parse(row.deviceFacts) }
}

function toRow(session: StoredSession) {
  return {
    id: session.id,
    account_id: session.accountId,
    surface: session.surface,
    application_id: session.applicationId,
    token_hash: session.tokenHash,
    created_at: session.createdAt,
    last_seen_at: session.lastSeenAt,
    expires_at: session.expiresAt,
    ended_at: session.endedAt,
    address: session.address,
    user_agent: session.userAgent,
    device_facts: session.deviceFacts === null ? null : JSON.stringify(session.deviceFacts),
    refresh_hash: session.refreshHash,
    refresh_issued_at: session.refreshIssuedAt,
    previous_refresh_hash: session.previousRefreshHash,
  }
}
