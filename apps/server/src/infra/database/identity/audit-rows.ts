import type { IdentityReads, IdentityTransaction } from '../../../modules/identity/index.ts'
import type { Reader, Writer } from './executors.ts'

const columns = [
  'id',
  'at',
  'account_id as accountId',
  'action',
  'outcome',
  'surface',
  'address',
  'user_agent as userAgent',
  'request_id as requestId',
  'facts',
] as const

export function auditReads(reader: Reader): Pick<IdentityReads, 'listAudit'> {
  return {
    async listAudit(accountId, before, limit) {
      let listed = reader.selectFrom('audit_events').select(columns).where('account_id', '=', accountId)
      if (before !== null) listed = listed.where('id', '<', before)
      const rows = await listed.orderBy('id', 'desc').limit(limit).execute()
      return rows.map((row) => ({ ...row, facts: JSON.parse(row.facts) }))
    },
  }
}

/** What is written once is never written again, so there is nothing else here. */
export function auditWrites({ trx }: Writer): Pick<IdentityTransaction, 'insertAudit'> {
  return {
    async insertAudit(event) {
      await trx
        .insertInto('audit_events')
        .values({
          at: event.at,
          account_id: event.accountId,
          action: event.action,
          outcome: event.outcome,
          surface: event.surface,
          address: event.address,
          user_agent: event.userAgent,
          request_id: event.requestId,
          facts: JSON.stringify(event.facts),
        })
        .execute()
    },
  }
}
