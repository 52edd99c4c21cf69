import { BanyanError } from '@banyan/domain'
import { getAccount } from './account-view.ts'
import type { RequestOrigin, SessionCaller } from './callers.ts'
import type { PasswordsFace } from './codes-face.ts'
import { hashOf, randomToken } from './digests.ts'
import { beginGuess, comparePassword, recordWrongFirst, refundGuess } from './first-factor.ts'
import { clearLocks, type IdentityContext, placeOf, recipientOf, record, tellOwner } from './identity-context.ts'
import type { IdentityTransaction, StoredAccount } from './identity-store.ts'
import { foldClientCode, foldEmail } from './names.ts'
import { checkNewPassword, normalisePassword, refuse } from './password-rules.ts'
import { checkProof } from './sent-codes.ts'

const resetMs = 1_800_000
/** Mails with a reset link per account and hour; above that nothing is sent, and nobody is told (stocktrendz.md §2.5). */
const resetsAnHour = 3

type Forget = (sessionIds: readonly string[]) => void

export function createPasswords(context: IdentityContext, forget: Forget): PasswordsFace {
  return {
    change: (caller, given, origin) => changePassword(context, forget, caller, given, origin),
    forgot: (email, origin) => forgotPassword(context, email, origin),
    reset: (given, origin) => resetPassword(context, forget, given, origin),
    changeByName: (given, origin) => changeByName(context, forget, given, origin),
    async resetByCode(given, origin) {
      const proofGiven = { ...given, applicationId: given.application.applicationId }
      const { account, spend } = await checkProof(context, proofGiven, 'password_totp', origin)
      const next = await hashNew(context, account, given.next)
      await storePassword(context, forget, account, next, origin, async (tx) => {
        await spend(tx)
        await clearLocks(context, tx, account)
      })
    },
  }
}

/** Asks for the password of a signed-in caller again. Throws `wrong_password`, counted like a failed sign-in. */
export async function reenterPassword(
  context: IdentityContext,
  caller: SessionCaller,
  password: string,
  origin: RequestOrigin,
): Promise<StoredAccount> {
  const account = await getAccount(context.store.reads, caller.accountId)
  const guess = await beginGuess(context, account, account.email, { ...origin, surface: 'api' })
  if (!(await comparePassword(context, guess, password))) {
    await recordWrongFirst(context, guess, 'password')
    throw new BanyanError('wrong_password')
  }
  await refundGuess(context, guess)
  return account
}

/** Returns the hash of a password that may be set. Throws `unacceptable_secret`. */
async function hashNew(context: IdentityContext, account: StoredAccount, next: string): Promise<string> {
  await checkPassword(context, account, next)
  const current = account.passwordHash
  if (current !== null && (await context.hasher.verify(current, normalisePassword(next))))
    throw refuse('must not be the current password')
  return context.hasher.hash(normalisePassword(next))
}

/** Throws `unacceptable_secret` unless the rules let the account have this password. */
export async function checkPassword(
  context: IdentityContext,
  account: Pick<StoredAccount, 'email' | 'name'> & { readonly clientCode: string | null },
  password: string,
): Promise<void> {
  const host = new URL(context.settings.linkOrigin).hostname
  checkNewPassword(password, { ...account, host }, context.isCommonPassword)
  if (await context.isBreachedPassword?.(normalisePassword(password)))
    throw refuse('has been seen in a data breach: anybody may know it')
}

async function changePassword(
  context: IdentityContext,
  forget: Forget,
  caller: SessionCaller,
  given: { readonly current: string; readonly next: string },
  origin: RequestOrigin,
): Promise<{ readonly revokedSessions: number }> {
  const account = await reenterPassword(context, caller, given.current, origin)
  const next = await hashNew(context, account, given.next)
  return { revokedSessions: await storePassword(context, forget, account, next, origin, undefined, caller.sessionId) }
}

async function changeByName(
  context: IdentityContext,
  forget: Forget,
  given: { readonly clientCode: string; readonly current: string; readonly next: string },
  origin: RequestOrigin,
): Promise<void> {
  const clientCode = foldClientCode(given.clientCode)
  const account = await context.store.reads.findAccount({ clientCode })
  const guess = await beginGuess(context, account, clientCode, origin)
  const isRight = await comparePassword(context, guess, given.current)
  if (account === null || !isRight) {
    await recordWrongFirst(context, guess, 'password')
    throw new BanyanError('invalid_credentials')
  }
  await refundGuess(context, guess)
  if (account.disabledAt !== null) throw new BanyanError('account_disabled')
  await storePassword(context, forget, account, await hashNew(context, account, given.next), origin)
}

/**
 * Sets a password and ends what the old one opened: other sessions, sign-ins under way, reset links, known and trusted devices
 * (quality bar P7). Returns how many sessions ended.
 */
async function storePassword(
  context: IdentityContext,
  forget: Forget,
  account: StoredAccount,
  passwordHash: string,
  origin: RequestOrigin,
  also: (tx: IdentityTransaction) => Promise<void> = async () => undefined,
  keptSession?: string,
): Promise<number> {
  const now = context.clock.now()
  const ended = await context.store.atomically(async (tx) => {
    const current = await tx.lockAccount(account.id)
    if (current === null) throw new BanyanError('session_revoked')
    // Somebody else changed it since it was compared: then what was proven is not proven any more.
    if (current.passwordHash !== account.passwordHash) throw new BanyanError('invalid_credentials')
    await also(tx)
    await tx.updateAccount(account.id, { passwordHash, passwordChangedAt: now })
    for (const kind of ['challenge', 'one_time', 'register', 'reset', 'passkey_use'] as const)
      await tx.endSteps({ kind, accountId: account.id }, now)
    await tx.deleteDeviceTokens(account.id)
    await tx.deleteDevices(account.id)
    await record(tx, { accountId: account.id, action: 'password_changed', outcome: 'done' }, origin, now)
    const except = keptSession === undefined ? {} : { except: keptSession }
    return tx.endSessions({ accountId: account.id, ...except }, 'password_changed', now)
  })
  forget(ended)
  tellOwner(context, account, { kind: 'password_changed', place: placeOf(origin, now) })
  return ended.length
}

/** Everything that depends on whether the address is known happens after the reply. */
async function forgotPassword(context: IdentityContext, email: string, origin: RequestOrigin): Promise<void> {
  if (!context.notices.hasMail) throw new BanyanError('mail_not_configured')
  context.background.run('reset-link', () => sendResetLink(context, foldEmail(email), origin))
}

async function sendResetLink(context: IdentityContext, email: string, origin: RequestOrigin): Promise<void> {
  const account = await context.store.reads.findAccount({ email })
  if (account === null || account.disabledAt !== null) return
  const now = context.clock.now()
  const token = randomToken(32)
  const isAllowed = await context.store.atomically(async (tx) => {
    const limit = { bucket: `account:${account.id}:reset`, limit: resetsAnHour, windowMs: 3_600_000, lockMs: null }
    if ((await tx.takeGuess([limit], now)) !== 'taken') return false
    await tx.endSteps({ kind: 'reset', accountId: account.id }, now)
    const step = { kind: 'reset', accountId: account.id, applicationId: null, codeMac: null, facts: {} } as const
    await tx.insertStep({
      ...step,
      tokenHash: hashOf(token),
      createdAt: now,
      expiresAt: now + resetMs,
      failures: 0,
      usedAt: null,
    })
    await record(tx, { accountId: account.id, action: 'reset_link_sent', outcome: 'done' }, origin, now)
    return true
  })
  if (!isAllowed) return
  // In the fragment: browsers keep it from servers, proxies and referrers.
  const url = `${context.settings.linkOrigin}/reset#token=${token}`
  await context.notices.send(
    { ...recipientOf(account), channel: 'email' },
    { kind: 'reset_link', url, expiresAt: now + resetMs },
  )
}

async function resetPassword(
  context: IdentityContext,
  forget: Forget,
  given: { readonly token: string; readonly next: string },
  origin: RequestOrigin,
): Promise<void> {
  const tokenHash = hashOf(given.token)
  const step = await context.store.reads.findStep(tokenHash)
  const isLive = step?.kind === 'reset' && step.usedAt === null && step.expiresAt > context.clock.now()
  const account =
    isLive && step.accountId !== null ? await context.store.reads.findAccount({ id: step.accountId }) : null
  if (account === null || account.disabledAt !== null) throw new BanyanError('invalid_reset_token')
  const next = await hashNew(context, account, given.next)
  await storePassword(context, forget, account, next, origin, async (tx) => {
    if ((await tx.useStep(tokenHash, 'reset', context.clock.now())) === null)
      throw new BanyanError('invalid_reset_token')
    await clearLocks(context, tx, account)
  })
}
