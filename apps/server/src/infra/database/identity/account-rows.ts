import type {
  AccountChanges,
  IdentityReads,
  IdentityTransaction,
  NewAccount,
  StoredAccount,
} from '../../../modules/identity/index.ts'
import type { Reader, Writer } from './executors.ts'
import { isUniqueAfter } from './is-unique-after.ts'

const columns = [
  'id',
  'email',
  'name',
  'mobile',
  'client_code as clientCode',
  'role',
  'plan',
  'password_hash as passwordHash',
  'password_changed_at as passwordChangedAt',
  'mpin_hash as mpinHash',
  'otp_channel as otpChannel',
  'otp_beside_totp as otpBesideTotp',
  'disabled_at as disabledAt',
  'created_at as createdAt',
  'last_sign_in_at as lastSignInAt',
] as const

export function accountReads(reader: Reader): Pick<IdentityReads, 'findAccount' | 'listAccounts' | 'countOwners'> {
  const all = () => reader.selectFrom('accounts').select(columns)
  const named = (by: Parameters<IdentityReads['findAccount']>[0]) => {
    if ('id' in by) return all().where('id', '=', by.id)
    if ('email' in by) return all().where('email', '=', by.email)
    return all().where('client_code', '=', by.clientCode)
  }
  return {
    async findAccount(by) {
      const row = await named(by).executeTakeFirst()
      return row ? toAccount(row) : null
    },
    async listAccounts() {
      return (await all().orderBy('id').execute()).map(toAccount)
    },
    async countOwners() {
      const counted = reader.selectFrom('accounts').select(({ fn }) => fn.countAll<number>().as('owners'))
      return (await counted.where('role', '=', 'owner').executeTakeFirstOrThrow()).owners
    },
  }
}

export function accountWrites({
  trx,
  engine,
}: Writer): Pick<IdentityTransaction, 'lockAccount' | 'insertAccount' | 'updateAccount'> {
  return {
    async lockAccount(id) {
      const row = await trx
        .selectFrom('accounts')
        .select(columns)
        .where('id', '=', id)
        // Excludes other locks of this kind, and unlike the stronger one not the foreign keys of rows that others insert meanwhile: two
        // transactions that insert first and lock then would wait for each other.
        .$if(engine === 'postgres', (query) => query.forNoKeyUpdate())
        .executeTakeFirst()
      return row ? toAccount(row) : null
    },
    async insertAccount(account) {
      const inserted = await trx
        .insertInto('accounts')
        .values(toRow(account))
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst()
      if (inserted) return inserted
      const holder = await trx.selectFrom('accounts').select('id').where('email', '=', account.email).executeTakeFirst()
      // The holder of the e-mail may be gone by now; then another client code is tried, which is right as well.
      return { taken: holder ? 'email' : 'clientCode' }
    },
    async updateAccount(id, changes) {
      const set = toChangedColumns(changes)
      if (Object.values(set).every((value) => value === undefined)) return true
      const update = () => trx.updateTable('accounts').set(set).where('id', '=', id).execute()
      if (set.email !== undefined) return isUniqueAfter(trx, update)
      await update()
      return true
    },
  }
}

function toAccount(row: Omit<StoredAccount, 'otpBesideTotp'> & { readonly otpBesideTotp: number }): StoredAccount {
  return { ...row, otpBesideTotp: row.otpBesideTotp === 1 }
}

function toRow(account: NewAccount) {
  return {
    email: account.email,
    name: account.name,
    mobile: account.mobile,
    client_code: account.clientCode,
    role: account.role,
    plan: account.plan,
    password_hash: account.passwordHash,
    password_changed_at: account.passwordChangedAt,
    mpin_hash: account.mpinHash,
    otp_channel: account.otpChannel,
    otp_beside_totp: Number(account.otpBesideTotp),
    disabled_at: account.disabledAt,
    created_at: account.createdAt,
    last_sign_in_at: account.lastSignInAt,
  }
}

/** What is not given is undefined, which Kysely leaves out. */
function toChangedColumns(changes: AccountChanges) {
  return {
    email: changes.email,
    name: changes.name,
    mobile: changes.mobile,
    role: changes.role,
    plan: changes.plan,
    password_hash: changes.passwordHash,
    password_changed_at: changes.passwordChangedAt,
    mpin_hash: changes.mpinHash,
    otp_channel: changes.otpChannel,
    otp_beside_totp: changes.otpBesideTotp === undefined ? undefined : Number(changes.otpBesideTotp),
    disabled_at: changes.disabledAt,
    last_sign_in_at: changes.lastSignInAt,
  }
}
