import type { IdentityReads, IdentityTransaction, StoredKey } from '../../../modules/identity/index.ts'
import type { Reader, Writer } from './executors.ts'

const columns = [
  'k.id',
  'k.account_id as accountId',
  'k.name',
  'k.key_hash as keyHash',
  'k.prefix',
  'k.scopes',
  'k.created_at as createdAt',
  'k.expires_at as expiresAt',
  'k.last_used_at as lastUsedAt',
] as const

export const standingKeyColumns = [...columns, 'a.role', 'a.disabled_at as accountDisabledAt'] as const

export function keyByHash(reader: Reader, keyHash: string) {
  return reader
    .selectFrom('api_keys as k')
    .innerJoin('accounts as a', 'a.id', 'k.account_id')
    .select(standingKeyColumns)
    .where('k.key_hash', '=', keyHash)
}

export function keyReads(reader: Reader): Pick<IdentityReads, 'findKey' | 'listKeys'> {
  return {
    async findKey(keyHash) {
      const row = await keyByHash(reader, keyHash).executeTakeFirst()
      return row ? toKey(row) : null
    },
    async listKeys(accountId, now) {
      const rows = await reader
        .selectFrom('api_keys as k')
        .select(columns)
        .where('k.account_id', '=', accountId)
        .where(({ or, eb }) => or([eb('k.expires_at', 'is', null), eb('k.expires_at', '>', now)]))
        .orderBy('k.created_at', 'desc')
        .orderBy('k.id', 'desc')
        .execute()
      return rows.map(toKey)
    },
  }
}

export function keyWrites({ trx }: Writer): Pick<IdentityTransaction, 'insertKey' | 'touchKey' | 'deleteKey'> {
  return {
    async insertKey(key) {
      await trx
        .insertInto('api_keys')
        .values({
          id: key.id,
          account_id: key.accountId,
          name: key.name,
          key_hash: key.keyHash,
          prefix: key.prefix,
          scopes: JSON.stringify(key.scopes),
          created_at: key.createdAt,
          expires_at: key.expiresAt,
          last_used_at: key.lastUsedAt,
        })
        .execute()
    },
    async touchKey(id, now) {
      await trx
        .updateTable('api_keys')
        .set({ last_used_at: now })
        .where('id', '=', id)
        .where(({ or, eb }) => or([eb('last_used_at', 'is', null), eb('last_used_at', '<', now)]))
        .execute()
    },
    async deleteKey(accountId, id) {
      const deleting = trx.deleteFrom('api_keys').where('id', '=', id).where('account_id', '=', accountId)
      return (await deleting.executeTakeFirst()).numDeletedRows > 0n
    },
  }
}

/** A key as stored, with or without what its account says of it. */
export function toKey<Row extends { readonly scopes: string }>(
  row: Row,
): Omit<Row, 'scopes'> & Pick<StoredKey, 'scopes'> {
  return { ...row, scopes: JSON.parse(row.scopes) }
}
