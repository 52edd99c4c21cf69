import { sql } from 'kysely'
import type { IdentityReads, IdentityTransaction, StoredPasskey } from '../../../modules/identity/index.ts'
import type { Reader, Writer } from './executors.ts'

const columns = [
  'id',
  'account_id as accountId',
  'credential_id as credentialId',
  'public_key as publicKey',
  'counter',
  'transports',
  'name',
  'created_at as createdAt',
  'last_used_at as lastUsedAt',
] as const

export function passkeyReads(reader: Reader): Pick<IdentityReads, 'listPasskeys' | 'findPasskey'> {
  const all = () => reader.selectFrom('passkeys').select(columns)
  return {
    async listPasskeys(accountId) {
      const listed = all().where('account_id', '=', accountId).orderBy('created_at', 'desc').orderBy('id')
      return (await listed.execute()).map(toPasskey)
    },
    async findPasskey(credentialId) {
      const row = await all().where('credential_id', '=', credentialId).executeTakeFirst()
      return row ? toPasskey(row) : null
    },
  }
}

type PasskeyWrites = Pick<IdentityTransaction, 'insertPasskey' | 'usePasskey' | 'deletePasskey' | 'deletePasskeys'>

export function passkeyWrites({ trx }: Writer): PasskeyWrites {
  return {
    async insertPasskey(passkey) {
      const inserted = await trx
        .insertInto('passkeys')
        .values(toRow(passkey))
        .onConflict((conflict) => conflict.column('credential_id').doNothing())
        .returning('id')
        .executeTakeFirst()
      return inserted !== undefined
    },
    async usePasskey(id, counter, now) {
      await trx
        .updateTable('passkeys')
        // Of two uses at once the later count stays, whichever comes last.
        .set({
          counter: sql<number>`case when counter > ${counter} then counter else ${counter} end`,
          last_used_at: now,
        })
        .where('id', '=', id)
        .execute()
    },
    async deletePasskey(accountId, id) {
      const deleting = trx.deleteFrom('passkeys').where('id', '=', id).where('account_id', '=', accountId)
      return (await deleting.executeTakeFirst()).numDeletedRows > 0n
    },
    async deletePasskeys(accountId) {
      await trx.deleteFrom('passkeys').where('account_id', '=', accountId).execute()
    },
  }
}

function toPasskey(row: Omit<StoredPasskey, 'transports'> & { readonly transports: string }): StoredPasskey {
  return { ...row, transports: JSON.parse(row.transports) }
}

function toRow(passkey: StoredPasskey) {
  return {
    id: passkey.id,
    account_id: passkey.accountId,
    credential_id: passkey.credentialId,
    public_key: passkey.publicKey,
    counter: passkey.counter,
    transports: JSON.stringify(passkey.transports),
    name: passkey.name,
    created_at: passkey.createdAt,
    last_used_at: passkey.lastUsedAt,
  }
}
