import type { IdentityReads } from '../../../modules/identity/index.ts'
import type { Reader } from './executors.ts'

export const standingColumns = [
  's.id',
  's.account_id as accountId',
  's.surface',
  's.application_id as applicationId',
  's.expires_at as expiresAt',
  's.ended_at as endedAt',
  's.last_seen_at as lastSeenAt',
  'a.role',
  'a.client_code as clientCode',
  'a.disabled_at as accountDisabledAt',
] as const

export function standingById(reader: Reader, sessionId: string) {
  return standings(reader).where('s.id', '=', sessionId)
}

export function standingByToken(reader: Reader, tokenHash: string) {
  return standings(reader).where('s.token_hash', '=', tokenHash)
}

function standings(reader: Reader) {
  return reader.selectFrom('sessions as s').innerJoin('accounts as a', 'a.id', 's.account_id').select(standingColumns)
}

/** The same reads inside a transaction; outside of one they take the short way of `hot-reads.ts`. */
export function standingReads(reader: Reader): Pick<IdentityReads, 'findStanding' | 'findStandingByToken'> {
  return {
    findStanding: async (sessionId) => (await standingById(reader, sessionId).executeTakeFirst()) ?? null,
    findStandingByToken: async (tokenHash) => (await standingByToken(reader, tokenHash).executeTakeFirst()) ?? null,
  }
}
