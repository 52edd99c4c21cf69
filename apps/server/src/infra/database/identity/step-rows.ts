import { sql } from 'kysely'
import type { IdentityReads, IdentityTransaction, StoredStep } from '../../../modules/identity/index.ts'
import type { Reader, Writer } from './executors.ts'

const columns = [
  'token_hash as tokenHash',
  'kind',
  'account_id as accountId',
  'application_id as applicationId',
  'code_mac as codeMac',
  'facts',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'failures',
  'used_at as usedAt',
] as const

export function stepReads(reader: Reader): Pick<IdentityReads, 'findStep'> {
  return {
    async findStep(tokenHash) {
      const row = await reader
        .selectFrom('steps')
        .select(columns)
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst()
      return row ? toStep(row) : null
    },
  }
}

export function stepWrites({
  trx,
}: Writer): Pick<IdentityTransaction, 'insertStep' | 'useStep' | 'failStep' | 'endSteps'> {
  return {
    async insertStep(step) {
      const inserted = await trx
        .insertInto('steps')
        .values(toRow(step))
        .onConflict((conflict) => conflict.column('token_hash').doNothing())
        .returning('token_hash')
        .executeTakeFirst()
      return inserted !== undefined
    },
    async useStep(tokenHash, kind, now) {
      const row = await trx
        .updateTable('steps')
        .set({ used_at: now })
        .where('token_hash', '=', tokenHash)
        .where('kind', '=', kind)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .returning(columns)
        .executeTakeFirst()
      return row ? toStep(row) : null
    },
    async failStep(tokenHash, limit, now) {
      const row = await trx
        .updateTable('steps')
        .set(({ eb }) => ({
          failures: eb('failures', '+', 1),
          used_at: sql<number | null>`case when failures + 1 >= ${limit} then ${now} else used_at end`,
        }))
        .where('token_hash', '=', tokenHash)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .where('failures', '<', limit)
        .returning('failures')
        .executeTakeFirst()
      return row?.failures ?? null
    },
    async endSteps({ kind, accountId, applicationId }, now) {
      let ending = trx
        .updateTable('steps')
        .set({ used_at: now })
        .where('kind', '=', kind)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
      if (accountId !== undefined) ending = ending.where('account_id', '=', accountId)
      if (applicationId !== undefined) ending = ending.where('application_id', '=', applicationId)
      await ending.execute()
    },
  }
}

function toStep(row: Omit<StoredStep, 'facts'> & { readonly facts: string }): StoredStep {
  return { ...row, facts: JSON.parse(row.facts) }
}

function toRow(step: StoredStep) {
  return {
    token_hash: step.tokenHash,
    kind: step.kind,
    account_id: step.accountId,
    application_id: step.applicationId,
    code_mac: step.codeMac,
    facts: JSON.stringify(step.facts),
    created_at: step.createdAt,
    expires_at: step.expiresAt,
    failures: step.failures,
    used_at: step.usedAt,
  }
}
