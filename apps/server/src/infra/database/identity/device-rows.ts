import { sql } from 'kysely'
import type { IdentityReads, IdentityTransaction, StoredDevice } from '../../../modules/identity/index.ts'
import type { Reader, Writer } from './executors.ts'
import { takeTurnsOnAccount } from './row-locks.ts'

const columns = [
  'id',
  'account_id as accountId',
  'udid_mac as udidMac',
  'label',
  'trusted_at as trustedAt',
  'registered_at as registeredAt',
  'last_used_at as lastUsedAt',
] as const

export function deviceReads(reader: Reader): Pick<IdentityReads, 'listDevices' | 'findDevice'> {
  const ofAccount = (accountId: number) =>
    reader.selectFrom('devices').select(columns).where('account_id', '=', accountId)
  return {
    listDevices: async (accountId) => ofAccount(accountId).orderBy('registered_at', 'desc').orderBy('id').execute(),
    async findDevice(accountId, udidMac) {
      return (await ofAccount(accountId).where('udid_mac', '=', udidMac).executeTakeFirst()) ?? null
    },
  }
}

type DeviceWrites = Pick<IdentityTransaction, 'putDevice' | 'touchDevice' | 'deleteDevice' | 'deleteDevices'>

export function deviceWrites(writer: Writer): DeviceWrites {
  const { trx } = writer
  return {
    async putDevice(device, keep) {
      await takeTurnsOnAccount(writer, device.accountId)
      await putOne(writer, device)
      const kept = trx
        .selectFrom('devices')
        .select('id')
        .where('account_id', '=', device.accountId)
        .orderBy(({ eb }) => eb.case().when('udid_mac', '=', device.udidMac).then(0).else(1).end())
        .orderBy(({ fn }) => fn.coalesce('last_used_at', 'registered_at'), 'desc')
        .orderBy('id')
        .limit(keep)
      await trx.deleteFrom('devices').where('account_id', '=', device.accountId).where('id', 'not in', kept).execute()
    },
    async touchDevice(id, { lastUsedAt, trustedAt }) {
      if (lastUsedAt === undefined && trustedAt === undefined) return
      await trx
        .updateTable('devices')
        .set({
          last_used_at: lastUsedAt,
          trusted_at: trustedAt === undefined ? undefined : sql<number>`coalesce(trusted_at, ${trustedAt})`,
        })
        .where('id', '=', id)
        .execute()
    },
    async deleteDevice(accountId, id) {
      const deleting = trx.deleteFrom('devices').where('id', '=', id).where('account_id', '=', accountId)
      return (await deleting.executeTakeFirst()).numDeletedRows > 0n
    },
    async deleteDevices(accountId) {
      await trx.deleteFrom('devices').where('account_id', '=', accountId).execute()
    },
  }
}

/** A known device keeps its id, its registration and its trust; what is told anew completes it. */
async function putOne({ trx }: Writer, device: StoredDevice): Promise<void> {
  await trx
    .insertInto('devices')
    .values({
      id: device.id,
      account_id: device.accountId,
      udid_mac: device.udidMac,
      label: device.label,
      trusted_at: device.trustedAt,
      registered_at: device.registeredAt,
      last_used_at: device.lastUsedAt,
    })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'udid_mac']).doUpdateSet(({ fn, ref }) => ({
        label: fn.coalesce(ref('excluded.label'), ref('devices.label')),
        trusted_at: fn.coalesce(ref('devices.trusted_at'), ref('excluded.trusted_at')),
        last_used_at: fn.coalesce(ref('excluded.last_used_at'), ref('devices.last_used_at')),
      })),
    )
    .execute()
}
