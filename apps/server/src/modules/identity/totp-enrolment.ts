import { BanyanError } from '@banyan/domain'
import { getAccount } from './account-view.ts'
import type { RequestOrigin, SessionCaller } from './callers.ts'
import { randomText } from './digests.ts'
import { changed } from './factor-changes.ts'
import type { FactorsFace, TotpSecret } from './factors-face.ts'
import { accountSubject, type IdentityContext } from './identity-context.ts'
import type { IdentityTransaction, StoredAccount } from './identity-store.ts'
import { reenterPassword } from './passwords.ts'
import {
  beginSecondGuess,
  endSecondGuess,
  recordWrongSecond,
  recoveryMac,
  spendTotpOrRecovery,
  tellOfFailures,
} from './second-factor.ts'
import { checkProof } from './sent-codes.ts'

const pendingMs = 600_000
const recoveryCodes = 10
/** Crockford's base 32, lower case: 50 bits in ten characters. */
const recoveryAlphabet = '0123456789abcdefghjkmnpqrstvwxyz'

type TotpFace = Pick<
  FactorsFace,
  'enrolTotp' | 'confirmTotp' | 'disableTotp' | 'replaceRecoveryCodes' | 'enrolTotpByCode' | 'activateTotp'
>

export function createTotpEnrolment(context: IdentityContext): TotpFace {
  return {
    async enrolTotp(caller, password, origin) {
      if (await hasTotp(context, caller.accountId)) throw new BanyanError('second_factor_enabled')
      const account = await reenterPassword(context, caller, password, origin)
      return prepareSecret(context, account, { issuer: 'Banyan', label: account.email })
    },
    confirmTotp: (caller, code, origin) => confirmTotp(context, caller, code, origin),
    async disableTotp(caller, given, origin) {
      if (!(await hasTotp(context, caller.accountId))) throw new BanyanError('second_factor_not_enabled')
      const account = await reenterPassword(context, caller, given.password, origin)
      await provenByCode(context, account, given.code, origin, async (tx) => {
        await tx.deleteTotp(account.id)
        await tx.replaceRecoveryCodes(account.id, [])
      })
      await changed(context, account, { action: 'totp_disabled', factor: 'totp', change: 'removed' }, origin)
    },
    async replaceRecoveryCodes(caller, given, origin) {
      if (!(await hasTotp(context, caller.accountId))) throw new BanyanError('second_factor_not_enabled')
      const account = await reenterPassword(context, caller, given.password, origin)
      const codes = createRecoveryCodes()
      await provenByCode(context, account, given.code, origin, (tx) =>
        storeRecoveryCodes(context, tx, account.id, codes),
      )
      await changed(
        context,
        account,
        { action: 'recovery_codes_replaced', factor: 'recovery-codes', change: 'changed' },
        origin,
      )
      return codes
    },
    async enrolTotpByCode(given, origin) {
      const proof = { ...given, applicationId: given.application.applicationId }
      const { account, spend } = await checkProof(context, proof, 'password_totp', origin)
      return prepareSecret(context, account, { issuer: given.issuerName, label: account.clientCode }, spend)
    },
    activateTotp: (caller, code, origin) => activateTotp(context, caller, code, origin),
  }
}

async function hasTotp({ store }: IdentityContext, accountId: number): Promise<boolean> {
  return (await store.reads.summariseFactors(accountId)).hasTotp
}

/** Stores a pending secret, replacing an earlier pending one. Nothing is active before a code made with it was right. */
async function prepareSecret(
  context: IdentityContext,
  account: StoredAccount,
  shown: { readonly issuer: string; readonly label: string },
  also: (tx: IdentityTransaction) => Promise<void> = async () => undefined,
): Promise<TotpSecret> {
  const secret = context.totp.createSecret()
  const sealed = context.keyring.seal('totp', secret, String(account.id))
  await context.store.atomically(async (tx) => {
    await also(tx)
    await tx.setPendingTotp(account.id, sealed, context.clock.now() + pendingMs)
  })
  return { secret, uri: context.totp.uri(secret, shown.label, shown.issuer), expiresInS: pendingMs / 1000 }
}

async function confirmTotp(
  context: IdentityContext,
  caller: SessionCaller,
  code: string,
  origin: RequestOrigin,
): Promise<readonly string[]> {
  const account = await getAccount(context.store.reads, caller.accountId)
  const pending = await context.store.reads.findTotp(account.id)
  const isPending = pending?.pendingSecret != null && (pending.pendingUntil ?? 0) > context.clock.now()
  if (!isPending) throw new BanyanError('second_factor_not_enabled')
  const codes = createRecoveryCodes()
  await activatePending(context, account, code, origin, (tx) => storeRecoveryCodes(context, tx, account.id, codes))
  await changed(context, account, { action: 'totp_enabled', factor: 'totp', change: 'added' }, origin)
  return codes
}

async function activateTotp(
  context: IdentityContext,
  caller: SessionCaller,
  code: string,
  origin: RequestOrigin,
): Promise<void> {
  const account = await getAccount(context.store.reads, caller.accountId)
  await activatePending(context, account, code, origin, async () => undefined)
  await changed(context, account, { action: 'totp_enabled', factor: 'totp', change: 'added' }, origin)
}

/** The pending secret becomes the active one when the code was made with it, its time step spent. */
async function activatePending(
  context: IdentityContext,
  account: StoredAccount,
  code: string,
  origin: RequestOrigin,
  also: (tx: IdentityTransaction) => Promise<void>,
): Promise<void> {
  const now = context.clock.now()
  await guarded(context, account, origin, async (tx) => {
    const totp = await tx.findTotp(account.id)
    if (totp?.pendingSecret == null || (totp.pendingUntil ?? 0) <= now) return false
    const secret = context.keyring.open('totp', totp.pendingSecret, String(account.id))
    const step = context.totp.findStep(secret, code, now)
    if (step === null || !(await tx.activateTotp(account.id, step, now))) return false
    await also(tx)
    return true
  })
}

/** Does something that needs a TOTP or recovery code. Throws `invalid_second_factor`. */
export async function provenByCode(
  context: IdentityContext,
  account: StoredAccount,
  code: string,
  origin: RequestOrigin,
  work: (tx: IdentityTransaction) => Promise<void>,
): Promise<void> {
  await guarded(context, account, origin, async (tx) => {
    if ((await spendTotpOrRecovery(context, tx, account, code)) === null) return false
    await work(tx)
    return true
  })
}

/** Counts a guess, lets `attempt` compare and act in one transaction, and takes the guess back when it was right. */
async function guarded(
  context: IdentityContext,
  account: StoredAccount,
  origin: RequestOrigin,
  attempt: (tx: IdentityTransaction) => Promise<boolean>,
): Promise<void> {
  const subject = accountSubject(context, account)
  const now = context.clock.now()
  const failures = await context.store.atomically(async (tx) => {
    await tx.lockAccount(account.id)
    await beginSecondGuess(tx, subject, now)
    if (!(await attempt(tx))) return recordWrongSecond(tx, { account, factor: 'code', subject }, origin, now)
    await endSecondGuess(tx, subject)
    return null
  })
  if (failures === null) return
  tellOfFailures(context, account, failures, origin)
  throw new BanyanError('invalid_second_factor')
}

function createRecoveryCodes(): readonly string[] {
  return Array.from({ length: recoveryCodes }, () => randomText(recoveryAlphabet, 10))
}

async function storeRecoveryCodes(
  context: IdentityContext,
  tx: IdentityTransaction,
  accountId: number,
  codes: readonly string[],
): Promise<void> {
  await tx.replaceRecoveryCodes(
    accountId,
    codes.map((code) => recoveryMac(context, accountId, code)),
  )
}
