import type { JournalStore } from '../../../modules/journal/index.ts'
import type { Database } from '../database.ts'

export function dismissedDrafts({ reader, transact }: Database): Pick<JournalStore, 'listDismissed' | 'dismiss'> {
  return {
    async listDismissed(accountId) {
      const query = reader.selectFrom('dismissed_drafts').select('draft_id as id').where('account_id', '=', accountId)
      return (await query.execute()).map(({ id }) => id)
    },
    dismiss: (accountId, { id, date }, since) =>
      transact(async (trx) => {
        await trx.deleteFrom('dismissed_drafts').where('account_id', '=', accountId).where('date', '<', since).execute()
        const remembering = trx.insertInto('dismissed_drafts').values({ account_id: accountId, draft_id: id, date })
        await remembering.onConflict((conflict) => conflict.doNothing()).execute()
      }),
  }
}
