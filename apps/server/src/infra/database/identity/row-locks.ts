import type { Writer } from './executors.ts'

/**
 * Makes transactions that shorten a list of one account take turns: two that inserted side by side would else both count without the
 * other's row. SQLite has one writer anyway.
 */
export async function takeTurnsOnAccount({ trx, engine }: Writer, accountId: number): Promise<void> {
  if (engine === 'sqlite') return
  await trx.selectFrom('accounts').select('id').where('id', '=', accountId).forNoKeyUpdate().execute()
}

/** The same for the lists of one application. */
export async function takeTurnsOnApplication({ trx, engine }: Writer, applicationId: string): Promise<void> {
  if (engine === 'sqlite') return
  await trx.selectFrom('applications').select('id').where('id', '=', applicationId).forNoKeyUpdate().execute()
}
