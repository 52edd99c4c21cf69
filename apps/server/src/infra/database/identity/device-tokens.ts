import type { IdentityReads, IdentityTransaction } from '../../../modules/identity/index.ts'
import type { Reader, Writer } from './executors.ts'
import { takeTurnsOnAccount } from './row-locks.ts'

export function deviceTokenReads(reader: Reader): Pick<IdentityReads, 'findDeviceToken'> {
  return {
    async findDeviceToken(tokenHash) {
      const row = await reader
        .selectFrom('device_tokens')
        .select([
          'token_hash as tokenHash',
          'account_id as accountId',
          'created_at as createdAt',
          'expires_at as expiresAt',
        ])
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst()
      return row ?? null
    },
  }
}

export function deviceTokenWrites(
  writer: Writer,
): Pick<IdentityTransaction, 'insertDeviceToken' | 'deleteDeviceTokens'> {
  const { trx } = writer
  return {
    async insertDeviceToken({ tokenHash, accountId, createdAt, expiresAt }, keep) {
      await takeTurnsOnAccount(writer, accountId)
      const row = { token_hash: tokenHash, account_id: accountId, created_at: createdAt, expires_at: expiresAt }
      await trx.insertInto('device_tokens').values(row).execute()
      const newest = trx
        .selectFrom('device_tokens')
        .select('token_hash')
        .where('account_id', '=', accountId)
        .orderBy('created_at', 'desc')
        .orderBy(({ eb }) => eb.case().when('token_hash', '=', tokenHash).then(0).else(1).end())
        .limit(keep)
      await trx
        .deleteFrom('device_tokens')
        .where('account_id', '=', accountId)
        .where('token_hash', 'not in', newest)
        .execute()
    },
    async deleteDeviceTokens(accountId) {
      await trx.deleteFrom('device_tokens').where('account_id', '=', accountId).execute()
    },
  }
}
