import type { IdentityReads, IdentityTransaction } from '../../../modules/identity/index.ts'
import type { Reader, Writer } from './executors.ts'

const columns = [
  'subject',
  'purpose',
  'code_mac as codeMac',
  'issued_at as issuedAt',
  'expires_at as expiresAt',
  'tries',
  'used_at as usedAt',
] as const

export function codeReads(reader: Reader): Pick<IdentityReads, 'findCode'> {
  return {
    async findCode(subject, purpose) {
      const row = await reader
        .selectFrom('codes')
        .select(columns)
        .where('subject', '=', subject)
        .where('purpose', '=', purpose)
        .executeTakeFirst()
      return row ?? null
    },
  }
}

export function codeWrites({ trx }: Writer): Pick<IdentityTransaction, 'putCode' | 'tryCode' | 'useCode' | 'endCodes'> {
  return {
    async putCode({ subject, purpose, codeMac, issuedAt, expiresAt, tries, usedAt }) {
      const code = { code_mac: codeMac, issued_at: issuedAt, expires_at: expiresAt, tries, used_at: usedAt }
      await trx
        .insertInto('codes')
        .values({ subject, purpose, ...code })
        .onConflict((conflict) => conflict.columns(['subject', 'purpose']).doUpdateSet(code))
        .execute()
    },
    async tryCode(subject, purpose, limit, now) {
      const row = await trx
        .updateTable('codes')
        .set(({ eb }) => ({ tries: eb('tries', '+', 1) }))
        .where('subject', '=', subject)
        .where('purpose', '=', purpose)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .where('tries', '<', limit)
        .returning(columns)
        .executeTakeFirst()
      return row ?? null
    },
    async useCode(subject, purpose, codeMac, now) {
      const used = await trx
        .updateTable('codes')
        .set({ used_at: now })
        .where('subject', '=', subject)
        .where('purpose', '=', purpose)
        .where('code_mac', '=', codeMac)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return used.numUpdatedRows > 0n
    },
    async endCodes(subject) {
      await trx.deleteFrom('codes').where('subject', '=', subject).execute()
    },
  }
}
