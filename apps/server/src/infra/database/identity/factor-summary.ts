import type { IdentityReads } from '../../../modules/identity/index.ts'
import type { Reader } from './executors.ts'

export function factorSummaryReads(reader: Reader): Pick<IdentityReads, 'summariseFactors'> {
  return {
    async summariseFactors(accountId) {
      const row = await reader
        .selectFrom('accounts as a')
        .select(({ selectFrom, fn }) => {
          const rows = fn.countAll<number>().as('rows')
          return [
            selectFrom('totp_secrets as t')
              .select(rows)
              .whereRef('t.account_id', '=', 'a.id')
              .where('t.secret', 'is not', null)
              .as('secrets'),
            selectFrom('recovery_codes as r')
              .select(rows)
              .whereRef('r.account_id', '=', 'a.id')
              .where('r.used_at', 'is', null)
              .as('codes'),
            selectFrom('devices as d').select(rows).whereRef('d.account_id', '=', 'a.id').as('devices'),
            selectFrom('passkeys as p').select(rows).whereRef('p.account_id', '=', 'a.id').as('passkeys'),
          ]
        })
        .where('a.id', '=', accountId)
        .executeTakeFirst()
      return {
        hasTotp: (row?.secrets ?? 0) > 0,
        recoveryCodesLeft: row?.codes ?? 0,
        hasDevice: (row?.devices ?? 0) > 0,
        hasPasskey: (row?.passkeys ?? 0) > 0,
      }
    },
  }
}
