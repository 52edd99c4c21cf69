import type { IdentityTransaction } from '../../../modules/identity/index.ts'
import type { Writer } from './executors.ts'

export function recoveryCodeWrites({
  trx,
}: Writer): Pick<IdentityTransaction, 'replaceRecoveryCodes' | 'useRecoveryCode'> {
  return {
    async replaceRecoveryCodes(accountId, macs) {
      await trx.deleteFrom('recovery_codes').where('account_id', '=', accountId).execute()
      if (macs.length === 0) return
      const rows = macs.map((mac) => ({ account_id: accountId, code_mac: mac, used_at: null }))
      await trx.insertInto('recovery_codes').values(rows).execute()
    },
    async useRecoveryCode(accountId, mac, now) {
      const used = await trx
        .updateTable('recovery_codes')
        .set({ used_at: now })
        .where('account_id', '=', accountId)
        .where('code_mac', '=', mac)
        .where('used_at', 'is', null)
        .executeTakeFirst()
      return used.numUpdatedRows > 0n
    },
  }
}
