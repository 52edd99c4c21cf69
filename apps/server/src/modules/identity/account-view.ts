import { BanyanError } from '@banyan/domain'
import type { AccountView } from './account.ts'
import type { FactorSummary, IdentityReads, IdentityTransaction, StoredAccount } from './identity-store.ts'

/** Returns an account as its owner may see it. */
export function toAccountView(account: StoredAccount, factors: FactorSummary): AccountView {
  const { id, email, name, mobile, clientCode, role, plan, createdAt, otpChannel, otpBesideTotp } = account
  const { hasTotp, recoveryCodesLeft, hasDevice, hasPasskey } = factors
  return {
    id,
    email,
    name,
    mobile,
    clientCode,
    role,
    plan,
    createdAt,
    hasTotp,
    recoveryCodesLeft,
    hasMpin: account.mpinHash !== null,
    hasDevice,
    hasPasskey,
    otpChannel,
    otpBesideTotp,
  }
}

/** Returns the account of a caller. One that was deleted a moment ago has no session any more. */
export async function getAccount(reads: IdentityReads, id: number): Promise<StoredAccount> {
  const account = await reads.findAccount({ id })
  if (account === null) throw new BanyanError('session_revoked')
  return account
}

export async function viewAccount(reads: IdentityReads, account: StoredAccount): Promise<AccountView> {
  return toAccountView(account, await reads.summariseFactors(account.id))
}

/**
 * Locks an account whose factors were compared a moment ago. Throws `invalid_credentials` when it was locked, deleted or got another
 * password meanwhile: what was proven then is not proven now.
 */
export async function lockUnchanged(tx: IdentityTransaction, before: StoredAccount): Promise<void> {
  const current = await tx.lockAccount(before.id)
  const isUnchanged = current?.passwordChangedAt === before.passwordChangedAt && current.disabledAt === null
  if (!isUnchanged) throw new BanyanError('invalid_credentials')
}
