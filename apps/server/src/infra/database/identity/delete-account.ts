import { sql, type Transaction } from 'kysely'
import type { IdentityTransaction } from '../../../modules/identity/index.ts'
import type { Schema } from '../schema.ts'
import type { Writer } from './executors.ts'
import { bucketsBelow } from './guess-counters.ts'

export function accountRemoval({ trx }: Writer): Pick<IdentityTransaction, 'deleteAccount'> {
  return {
    async deleteAccount(id) {
      const query = trx.selectFrom('accounts').select(['email', 'client_code']).where('id', '=', id)
      const account = await query.executeTakeFirst()
      if (!account) return
      await anonymiseAudit(trx, id)
      await deleteNamedAfter(trx, `account:${id}`)
      await deleteStepsTelling(trx, [account.email, account.client_code])
      // Whatever points to the account goes with it.
      await trx.deleteFrom('accounts').where('id', '=', id).execute()
    },
  }
}

/** What happened stays, for whom and from where does not. */
async function anonymiseAudit(trx: Transaction<Schema>, accountId: number): Promise<void> {
  await trx
    .updateTable('audit_events')
    .set({ account_id: null, address: null, user_agent: null })
    .where('account_id', '=', accountId)
    .execute()
}

/** Codes and counters know an account by a name only: `account:<id>`, and counters also `account:<id>:` and more. */
async function deleteNamedAfter(trx: Transaction<Schema>, name: string): Promise<void> {
  await trx.deleteFrom('codes').where('subject', '=', name).execute()
  await trx.deleteFrom('guess_counters').where('bucket', '=', name).execute()
  await trx
    .deleteFrom('guess_counters')
    .where(bucketsBelow(`${name}:`))
    .execute()
}

/** Steps of nobody and of others may tell the account's names, such as an invitation to its address. */
async function deleteStepsTelling(trx: Transaction<Schema>, values: readonly string[]): Promise<void> {
  for (const value of values) {
    const pattern = `%${JSON.stringify(value).replaceAll(/[%_!]/g, '!$&')}%`
    await sql`delete from steps where facts like ${pattern} escape '!'`.execute(trx)
  }
}
