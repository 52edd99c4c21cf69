import { BanyanError } from '@banyan/domain'
import type { AccountView } from './account.ts'
import { getAccount, viewAccount } from './account-view.ts'
import type { AccountsFace, ProfileChanges } from './accounts-face.ts'
import type { RequestOrigin, SessionCaller } from './callers.ts'
import { randomDigits } from './digests.ts'
import { changed } from './factor-changes.ts'
import { type IdentityContext, placeOf, recipientOf, record, subjectOf, tellOwner } from './identity-context.ts'
import type { StoredAccount } from './identity-store.ts'
import { foldEmail } from './names.ts'
import { reenterPassword } from './passwords.ts'
import { codeMac, spendSentCode } from './second-factor.ts'
import { codeMs } from './session-lives.ts'

export async function updateProfile(
  context: IdentityContext,
  caller: SessionCaller,
  { changes, password }: Parameters<AccountsFace['update']>[1],
  origin: RequestOrigin,
): Promise<AccountView> {
  const { store, clock, notices } = context
  const account = await getAccount(store.reads, caller.accountId)
  const next = { ...account, ...changes }
  if (next.otpChannel === 'sms' && next.mobile === null) throw refuseSms('needs a mobile number on the account')
  if (changes.otpChannel === 'sms' && !notices.hasSms) throw refuseSms('is not set up on this server')
  const isFactor = changesFactor(account, changes)
  // Whoever took over a session could else send the codes to a phone of theirs, and with one of them set a password.
  if (isFactor && password === null) throw new BanyanError('wrong_password')
  if (isFactor) await reenterPassword(context, caller, password ?? '', origin)
  await store.atomically(async (tx) => {
    await tx.updateAccount(account.id, changes)
    const facts = { fields: Object.keys(changes).join(' ') }
    await record(tx, { accountId: account.id, action: 'profile_changed', outcome: 'done', facts }, origin, clock.now())
  })
  if (isFactor)
    await changed(context, account, { action: 'otp_changed', factor: 'otp-codes', change: 'changed' }, origin)
  return viewAccount(store.reads, await getAccount(store.reads, account.id))
}

function changesFactor(account: StoredAccount, { mobile, otpChannel, otpBesideTotp }: ProfileChanges): boolean {
  const isNewNumber = mobile !== undefined && mobile !== account.mobile && account.otpChannel === 'sms'
  const isNewChannel = otpChannel !== undefined && otpChannel !== account.otpChannel
  return isNewNumber || isNewChannel || (otpBesideTotp !== undefined && otpBesideTotp !== account.otpBesideTotp)
}

function refuseSms(reason: string): BanyanError {
  return new BanyanError('invalid_parameter', { details: [{ field: 'otp_channel', reason: `sms ${reason}` }] })
}

/** The code is made for one address and account: another address with the same code is wrong. */
const purpose = 'email_change'

export async function requestEmailChange(
  context: IdentityContext,
  caller: SessionCaller,
  given: { readonly email: string; readonly password: string },
  origin: RequestOrigin,
): Promise<{ readonly expiresInS: number }> {
  if (!context.notices.hasMail) throw new BanyanError('mail_not_configured')
  const account = await reenterPassword(context, caller, given.password, origin)
  const email = foldEmail(given.email)
  const isFree = (await context.store.reads.findAccount({ email })) === null
  const subject = subjectOf(context, account, account.email).key
  const now = context.clock.now()
  const code = randomDigits(6)
  await context.store.atomically(async (tx) => {
    const limit = { bucket: `${subject}:code-quarter`, limit: 5, windowMs: 900_000, lockMs: null }
    if ((await tx.takeGuess([limit], now)) !== 'taken') throw new BanyanError('rate_limited', { retryAfterS: 900 })
    const mac = isFree ? codeMac(context, subject, purpose, `${code} ${email}`) : null
    await tx.putCode({ subject, purpose, codeMac: mac, issuedAt: now, expiresAt: now + codeMs, tries: 0, usedAt: null })
  })
  if (isFree) {
    const notice = { kind: 'code', purpose, code, expiresAt: now + codeMs } as const
    context.background.run('code', () =>
      context.notices.send({ ...recipientOf(account), email, channel: 'email' }, notice),
    )
  }
  return { expiresInS: codeMs / 1000 }
}

export async function confirmEmailChange(
  context: IdentityContext,
  caller: SessionCaller,
  given: { readonly email: string; readonly password: string; readonly code: string },
  origin: RequestOrigin,
): Promise<AccountView> {
  const account = await reenterPassword(context, caller, given.password, origin)
  const email = foldEmail(given.email)
  const subject = subjectOf(context, account, account.email).key
  const now = context.clock.now()
  const verdict = await context.store.atomically(async (tx) => {
    await tx.lockAccount(account.id)
    const spent = await spendSentCode(context, tx, { subject, purpose, code: `${given.code} ${email}` })
    if (spent !== 'right') return spent
    if (!(await tx.updateAccount(account.id, { email }))) throw new BanyanError('email_taken')
    await tx.endSteps({ kind: 'reset', accountId: account.id }, now)
    await record(tx, { accountId: account.id, action: 'email_changed', outcome: 'done' }, origin, now)
    return spent
  })
  if (verdict !== 'right') throw new BanyanError(verdict === 'over' ? 'code_expired' : 'invalid_code')
  tellFormer(context, account, origin)
  return viewAccount(context.store.reads, await getAccount(context.store.reads, account.id))
}

/** The former address hears of it: whoever changed it may not be its owner. */
function tellFormer(context: IdentityContext, before: StoredAccount, origin: RequestOrigin): void {
  const place = placeOf(origin, context.clock.now())
  tellOwner(context, before, { kind: 'factor_changed', factor: 'email', change: 'changed', place })
}
