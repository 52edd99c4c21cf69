import { sql } from 'kysely'
import type { IdentityReads, IdentityTransaction } from '../../../modules/identity/index.ts'
import type { Reader, Writer } from './executors.ts'

export function totpReads(reader: Reader): Pick<IdentityReads, 'findTotp'> {
  return {
    async findTotp(accountId) {
      const row = await reader
        .selectFrom('totp_secrets')
        .select(['secret', 'last_step as lastStep', 'pending_secret as pendingSecret', 'pending_until as pendingUntil'])
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row ?? null
    },
  }
}

/** Before every step there is. */
const noStep = -1

type TotpWrites = Pick<IdentityTransaction, 'setPendingTotp' | 'activateTotp' | 'acceptTotpStep' | 'deleteTotp'>

export function totpWrites({ trx }: Writer): TotpWrites {
  return {
    async setPendingTotp(accountId, sealedSecret, until) {
      const pending = { pending_secret: sealedSecret, pending_until: until }
      await trx
        .insertInto('totp_secrets')
        .values({ account_id: accountId, secret: null, last_step: noStep, ...pending })
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet(pending))
        .execute()
    },
    async activateTotp(accountId, step, now) {
      const activated = await trx
        .updateTable('totp_secrets')
        .set(({ ref }) => ({
          secret: ref('pending_secret'),
          // A step of the secret before must not come back.
          last_step: sql<number>`case when last_step > ${step} then last_step else ${step} end`,
          pending_secret: null,
          pending_until: null,
        }))
        .where('account_id', '=', accountId)
        .where('pending_secret', 'is not', null)
        .where('pending_until', '>', now)
        .executeTakeFirst()
      return activated.numUpdatedRows > 0n
    },
    async acceptTotpStep(accountId, step) {
      const accepted = await trx
        .updateTable('totp_secrets')
        .set({ last_step: step })
        .where('account_id', '=', accountId)
        .where('secret', 'is not', null)
        .where('last_step', '<', step)
        .executeTakeFirst()
      return accepted.numUpdatedRows > 0n
    },
    async deleteTotp(accountId) {
      await trx.deleteFrom('totp_secrets').where('account_id', '=', accountId).execute()
    },
  }
}
