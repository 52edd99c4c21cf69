import type { IdentityReads, IdentityTransaction } from '../../../modules/identity/index.ts'
import type { Reader, Writer } from './executors.ts'
import { takeTurnsOnApplication } from './row-locks.ts'

export const bearerColumns = [
  'token_hash as tokenHash',
  'application_id as applicationId',
  'kind',
  'created_at as createdAt',
  'expires_at as expiresAt',
] as const

export function bearerByHash(reader: Reader, tokenHash: string) {
  return reader.selectFrom('bearers').select(bearerColumns).where('token_hash', '=', tokenHash)
}

export function bearerReads(reader: Reader): Pick<IdentityReads, 'findBearer' | 'countLiveBearers'> {
  return {
    findBearer: async (tokenHash) => (await bearerByHash(reader, tokenHash).executeTakeFirst()) ?? null,
    async countLiveBearers(applicationId, now) {
      const { live } = await reader
        .selectFrom('bearers')
        .select(({ fn }) => fn.countAll<number>().as('live'))
        .where('application_id', '=', applicationId)
        .where('expires_at', '>', now)
        .executeTakeFirstOrThrow()
      return live
    },
  }
}

export function bearerWrites(
  writer: Writer,
): Pick<IdentityTransaction, 'insertBearer' | 'trimMintedBearers' | 'deleteBearer'> {
  const { trx } = writer
  return {
    async insertBearer(bearer) {
      await trx
        .insertInto('bearers')
        .values({
          token_hash: bearer.tokenHash,
          application_id: bearer.applicationId,
          kind: bearer.kind,
          created_at: bearer.createdAt,
          expires_at: bearer.expiresAt,
        })
        .execute()
    },
    async trimMintedBearers(applicationId, keep, now) {
      await takeTurnsOnApplication(writer, applicationId)
      const newest = trx
        .selectFrom('bearers')
        .select('token_hash')
        .where('application_id', '=', applicationId)
        .where('kind', '=', 'minted')
        .where('expires_at', '>', now)
        .orderBy('created_at', 'desc')
        .orderBy('token_hash', 'desc')
        .limit(keep)
      await trx
        .deleteFrom('bearers')
        .where('application_id', '=', applicationId)
        .where('kind', '=', 'minted')
        .where('token_hash', 'not in', newest)
        .execute()
    },
    async deleteBearer(applicationId, tokenHash) {
      await trx
        .deleteFrom('bearers')
        .where('token_hash', '=', tokenHash)
        .where('application_id', '=', applicationId)
        .execute()
    },
  }
}
