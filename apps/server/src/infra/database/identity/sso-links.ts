import type { IdentityReads, IdentityTransaction } from '../../../modules/identity/index.ts'
import type { Reader, Writer } from './executors.ts'

export function ssoLinkReads(reader: Reader): Pick<IdentityReads, 'listSsoLinks' | 'findSsoLink'> {
  const all = () =>
    reader
      .selectFrom('sso_links')
      .select(['id', 'account_id as accountId', 'issuer', 'subject', 'linked_at as linkedAt'])
  return {
    listSsoLinks: async (accountId) =>
      all().where('account_id', '=', accountId).orderBy('linked_at', 'desc').orderBy('id').execute(),
    async findSsoLink(issuer, subject) {
      return (await all().where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst()) ?? null
    },
  }
}

export function ssoLinkWrites({
  trx,
}: Writer): Pick<IdentityTransaction, 'insertSsoLink' | 'deleteSsoLink' | 'deleteSsoLinks'> {
  return {
    async insertSsoLink({ id, accountId, issuer, subject, linkedAt }) {
      const inserted = await trx
        .insertInto('sso_links')
        .values({ id, account_id: accountId, issuer, subject, linked_at: linkedAt })
        .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing())
        .returning('id')
        .executeTakeFirst()
      return inserted !== undefined
    },
    async deleteSsoLink(accountId, id) {
      const deleting = trx.deleteFrom('sso_links').where('id', '=', id).where('account_id', '=', accountId)
      return (await deleting.executeTakeFirst()).numDeletedRows > 0n
    },
    async deleteSsoLinks(accountId) {
      await trx.deleteFrom('sso_links').where('account_id', '=', accountId).execute()
    },
  }
}
