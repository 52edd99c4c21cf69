import type { IdentityReads, IdentityTransaction, StoredApplication } from '../../../modules/identity/index.ts'
import type { Reader, Writer } from './executors.ts'
import { endingLive, idsOf } from './session-rows.ts'

export const applicationColumns = [
  'id',
  'account_id as accountId',
  'name',
  'consumer_key as consumerKey',
  'secret_hash as secretHash',
  'is_enabled as isEnabled',
  'created_at as createdAt',
  'last_used_at as lastUsedAt',
] as const

export function applicationByKey(reader: Reader, consumerKey: string) {
  return reader.selectFrom('applications').select(applicationColumns).where('consumer_key', '=', consumerKey)
}

type ApplicationReads = Pick<IdentityReads, 'findApplication' | 'listApplications' | 'hasNoAccessCode'>

export function applicationReads(reader: Reader): ApplicationReads {
  const all = () => reader.selectFrom('applications').select(applicationColumns)
  return {
    async findApplication(by) {
      const named = 'id' in by ? all().where('id', '=', by.id) : applicationByKey(reader, by.consumerKey)
      const row = await named.executeTakeFirst()
      return row ? toApplication(row) : null
    },
    async listApplications(accountId) {
      const listed = all().where('account_id', '=', accountId).orderBy('created_at', 'desc').orderBy('id', 'desc')
      return (await listed.execute()).map(toApplication)
    },
    async hasNoAccessCode(applicationId, accountId) {
      const waiver = await reader
        .selectFrom('access_code_waivers')
        .select('account_id')
        .where('application_id', '=', applicationId)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return waiver !== undefined
    },
  }
}

type ApplicationWrites = Pick<
  IdentityTransaction,
  'insertApplication' | 'updateApplication' | 'deleteApplication' | 'setNoAccessCode'
>

export function applicationWrites({ trx, engine }: Writer): ApplicationWrites {
  return {
    async insertApplication(application) {
      await trx.insertInto('applications').values(toRow(application)).execute()
    },
    async updateApplication(id, { isEnabled, lastUsedAt }) {
      if (isEnabled === undefined && lastUsedAt === undefined) return
      await trx
        .updateTable('applications')
        .set({ is_enabled: isEnabled === undefined ? undefined : Number(isEnabled), last_used_at: lastUsedAt })
        .where('id', '=', id)
        .execute()
    },
    async deleteApplication(accountId, id, now) {
      const own = await trx
        .selectFrom('applications')
        .select('id')
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        // Waits for sign-ins that are putting a session under it, and lets no new one begin.
        .$if(engine === 'postgres', (query) => query.forUpdate())
        .executeTakeFirst()
      if (!own) return null
      const ending = endingLive(trx, 'application_removed', now).where('application_id', '=', id)
      const ended = idsOf(await ending.returning('id').execute())
      await trx.deleteFrom('applications').where('id', '=', id).execute()
      return ended
    },
    async setNoAccessCode(applicationId, accountId, isOn) {
      const waiver = { application_id: applicationId, account_id: accountId }
      if (isOn) {
        const inserting = trx.insertInto('access_code_waivers').values(waiver)
        await inserting.onConflict((conflict) => conflict.doNothing()).execute()
        return
      }
      await trx
        .deleteFrom('access_code_waivers')
        .where('application_id', '=', applicationId)
        .where('account_id', '=', accountId)
        .execute()
    },
  }
}

type ApplicationRow = Omit<StoredApplication, 'isEnabled'> & { readonly isEnabled: number }

export function toApplication(row: ApplicationRow): StoredApplication {
  return { ...row, isEnabled: row.isEnabled === 1 }
}

function toRow(application: StoredApplication) {
  return {
    id: application.id,
    account_id: application.accountId,
    name: application.name,
    consumer_key: application.consumerKey,
    secret_hash: application.secretHash,
    is_enabled: Number(application.isEnabled),
    created_at: application.createdAt,
    last_used_at: application.lastUsedAt,
  }
}
