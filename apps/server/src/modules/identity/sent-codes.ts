import { BanyanError, dayMs, type EpochMs } from '@banyan/domain'
import type { RequestOrigin } from './callers.ts'
import type { CodeProof, CodePurpose, CodesFace } from './codes-face.ts'
import { hashOf, randomDigits, randomToken } from './digests.ts'
import { waitS } from './guessing.ts'
import { type IdentityContext, recipientOf, record, subjectOf } from './identity-context.ts'
import type { IdentityTransaction, StoredAccount } from './identity-store.ts'
import { foldClientCode } from './names.ts'
import { findLiveStep, findRegistered } from './register-token.ts'
import {
  beginSecondGuess,
  codeMac,
  endSecondGuess,
  recordWrongSecond,
  spendSentCode,
  tellOfFailures,
  trySentCode,
} from './second-factor.ts'
import { codeMs, codeTokenMs } from './session-lives.ts'

const resendAfterMs = 30_000

/** Codes by mail count as a second factor only without TOTP or where the owner wants both: who holds the mailbox could else pass with it alone. */
export function isOtpEnrolled({ notices }: IdentityContext, account: StoredAccount, hasTotp: boolean): boolean {
  const canReach = account.otpChannel === 'sms' ? notices.hasSms && account.mobile !== null : notices.hasMail
  return canReach && (!hasTotp || account.otpBesideTotp)
}

type SendRequest = Parameters<CodesFace['send']>[0]

/** Sends a code, or seems to: a name nobody has, or nobody can be reached by, gets the same answers in the same time. */
export async function sendCode(
  context: IdentityContext,
  { application, purpose, registerToken, ...given }: SendRequest,
  origin: RequestOrigin,
): ReturnType<CodesFace['send']> {
  const clientCode = foldClientCode(given.clientCode)
  const account = await context.store.reads.findAccount({ clientCode })
  if (registerToken !== null) {
    const stepHash = account && (await findRegistered(context, account, application.applicationId, registerToken))
    if (stepHash === null) throw new BanyanError('challenge_expired')
  }
  const subject = subjectOf(context, account, clientCode).key
  const reachable = account !== null && (await mayReceive(context, account, purpose)) ? account : null
  const code = await putNewCode(context, subject, purpose, reachable)
  if (reachable !== null) {
    const sending = () => deliver(context, reachable, purpose, code, origin)
    if (registerToken === null) context.background.run('code', sending)
    else await sending()
  }
  return { resendAfterS: resendAfterMs / 1000, expiresInS: codeMs / 1000 }
}

async function mayReceive(context: IdentityContext, account: StoredAccount, purpose: CodePurpose): Promise<boolean> {
  if (account.disabledAt !== null) return false
  const { hasTotp } = await context.store.reads.summariseFactors(account.id)
  return isOtpEnrolled(context, account, purpose === 'sign_in' ? hasTotp : false)
}

/** Sends a sign-in code unless one sent less than 30 s ago is still good. */
export async function sendSignInCode(
  context: IdentityContext,
  account: StoredAccount,
  origin: RequestOrigin,
): Promise<void> {
  const subject = subjectOf(context, account, account.clientCode).key
  const live = await context.store.reads.findCode(subject, 'sign_in')
  const now = context.clock.now()
  if (live !== null && live.codeMac !== null && live.usedAt === null && now - live.issuedAt < resendAfterMs) return
  const code = await putNewCode(context, subject, 'sign_in', account)
  await deliver(context, account, 'sign_in', code, origin)
}

/** Stores a new code, the former one dies. Without anybody to send it to no value will match. Throws `code_requested_too_soon`, `rate_limited`. */
async function putNewCode(
  context: IdentityContext,
  subject: string,
  purpose: CodePurpose,
  recipient: StoredAccount | null,
): Promise<string> {
  const now = context.clock.now()
  const code = randomDigits(6)
  await context.store.atomically(async (tx) => {
    await countCode(tx, subject, purpose, now)
    await tx.putCode({
      subject,
      purpose,
      codeMac: recipient === null ? null : codeMac(context, subject, purpose, code),
      issuedAt: now,
      expiresAt: now + codeMs,
      tries: 0,
      usedAt: null,
    })
  })
  return code
}

/** One per 30 s and purpose, 5 in 15 minutes, 10 a day (quality bar L4). */
async function countCode(tx: IdentityTransaction, subject: string, purpose: CodePurpose, now: EpochMs): Promise<void> {
  const soon = { bucket: `${subject}:code-soon:${purpose}`, limit: 1, windowMs: resendAfterMs, lockMs: null }
  const tooSoon = await tx.takeGuess([soon], now)
  if (tooSoon !== 'taken')
    throw new BanyanError('code_requested_too_soon', { retryAfterS: waitS(tooSoon.refusedUntil, now) })
  const tooMany = await tx.takeGuess(
    [
      { bucket: `${subject}:code-quarter`, limit: 5, windowMs: 900_000, lockMs: null },
      { bucket: `${subject}:code-day`, limit: 10, windowMs: dayMs, lockMs: null },
    ],
    now,
  )
  if (tooMany !== 'taken') throw new BanyanError('rate_limited', { retryAfterS: waitS(tooMany.refusedUntil, now) })
}

async function deliver(
  context: IdentityContext,
  account: StoredAccount,
  purpose: CodePurpose,
  code: string,
  origin: RequestOrigin,
): Promise<void> {
  const now = context.clock.now()
  await context.notices.send(recipientOf(account), { kind: 'code', purpose, code, expiresAt: now + codeMs })
  const facts = { purpose, channel: account.otpChannel }
  await context.store.atomically((tx) =>
    record(tx, { accountId: account.id, action: 'code_sent', outcome: 'done', facts }, origin, now),
  )
}

/** Purposes whose codes are exchanged for a token; a code for sign-in never is. */
const exchanged = ['password_totp', 'mpin'] as const
type ExchangedPurpose = (typeof exchanged)[number]

/** Spends the newest live code that is not for sign-in and returns a token that stands for it. */
export async function exchangeCode(
  context: IdentityContext,
  { application, ...given }: Parameters<CodesFace['verify']>[0],
  origin: RequestOrigin,
): Promise<string> {
  const clientCode = foldClientCode(given.clientCode)
  const account = await context.store.reads.findAccount({ clientCode })
  const subject = subjectOf(context, account, clientCode)
  const now = context.clock.now()
  const tokenId = randomToken(16)
  const outcome = await context.store.atomically(async (tx) => {
    await beginSecondGuess(tx, subject, now)
    const purpose = await newestPurpose(tx, subject.key, now)
    const verdict =
      purpose === null ? 'over' : await spendSentCode(context, tx, { subject: subject.key, purpose, code: given.code })
    if (verdict !== 'right' || account === null || purpose === null) {
      if (verdict === 'over') await endSecondGuess(tx, subject)
      const failures =
        account === null ? null : await recordWrongSecond(tx, { account, factor: 'otp', subject }, origin, now)
      return { verdict: verdict === 'over' ? ('over' as const) : ('wrong' as const), failures }
    }
    await endSecondGuess(tx, subject)
    await tx.insertStep({
      tokenHash: hashOf(tokenId),
      kind: 'code_token',
      accountId: account.id,
      applicationId: application.applicationId,
      codeMac: null,
      facts: { purpose },
      createdAt: now,
      expiresAt: now + codeTokenMs,
      failures: 0,
      usedAt: null,
    })
    return { verdict, failures: null }
  })
  if (outcome.verdict !== 'right' || account === null) {
    if (account !== null && outcome.failures !== null) tellOfFailures(context, account, outcome.failures, origin)
    throw new BanyanError(outcome.verdict === 'over' ? 'code_expired' : 'invalid_code')
  }
  return context.tokens.sign({
    kind: 'code',
    subject: account.clientCode,
    tokenId,
    sessionId: null,
    applicationId: application.applicationId,
    issuedAt: now,
    expiresAt: now + codeTokenMs,
  })
}

async function newestPurpose(tx: IdentityTransaction, subject: string, now: EpochMs): Promise<ExchangedPurpose | null> {
  const codes = await Promise.all(exchanged.map((purpose) => tx.findCode(subject, purpose)))
  const live = codes.filter((code) => code !== null && code.usedAt === null && code.expiresAt > now)
  const newest = live.sort((a, b) => (b?.issuedAt ?? 0) - (a?.issuedAt ?? 0))[0]
  return exchanged.find((purpose) => purpose === newest?.purpose) ?? null
}

/** A code or its token that was right and is not spent yet. */
export interface CheckedProof {
  readonly account: StoredAccount
  /** Spends it in the transaction that does what it was for. Throws when somebody was faster. */
  spend(tx: IdentityTransaction): Promise<void>
}

/**
 * Checks a code or its token for a purpose, and leaves it to be spent with the change it permits: a refused new password must not use it up.
 * Throws `invalid_code`, `code_expired`, `invalid_code_token`, `too_many_attempts`.
 */
export async function checkProof(
  context: IdentityContext,
  given: CodeProof & { readonly applicationId: string },
  purpose: ExchangedPurpose,
  origin: RequestOrigin,
): Promise<CheckedProof> {
  const clientCode = foldClientCode(given.clientCode)
  const account = await context.store.reads.findAccount({ clientCode })
  if (/^[0-9]{6}$/.test(given.proof))
    return checkCode(context, account, { clientCode, code: given.proof, purpose }, origin)
  const stepHash = account && (await findCodeToken(context, account, given, purpose))
  if (account === null || stepHash === null) throw new BanyanError('invalid_code_token')
  return {
    account,
    async spend(tx) {
      if ((await tx.useStep(stepHash, 'code_token', context.clock.now())) === null)
        throw new BanyanError('invalid_code_token')
    },
  }
}

async function findCodeToken(
  context: IdentityContext,
  account: StoredAccount,
  given: { readonly proof: string; readonly applicationId: string },
  purpose: ExchangedPurpose,
): Promise<string | null> {
  const step = await findLiveStep(context, given.proof, { token: 'code', step: 'code_token' })
  const isTheirs = step?.accountId === account.id && step.applicationId === given.applicationId
  return isTheirs && step.facts['purpose'] === purpose ? step.tokenHash : null
}

async function checkCode(
  context: IdentityContext,
  account: StoredAccount | null,
  given: { readonly clientCode: string; readonly code: string; readonly purpose: ExchangedPurpose },
  origin: RequestOrigin,
): Promise<CheckedProof> {
  const subject = subjectOf(context, account, given.clientCode)
  const now = context.clock.now()
  const tried = { subject: subject.key, purpose: given.purpose, code: given.code }
  const { verdict, failures } = await context.store.atomically(async (tx) => {
    await beginSecondGuess(tx, subject, now)
    const found = await trySentCode(context, tx, tried)
    if (found !== 'wrong') await endSecondGuess(tx, subject)
    const wrong =
      found === 'right' || account === null
        ? null
        : await recordWrongSecond(tx, { account, factor: 'otp', subject }, origin, now)
    return { verdict: found, failures: wrong }
  })
  if (account === null || verdict !== 'right') {
    if (account !== null && failures !== null) tellOfFailures(context, account, failures, origin)
    throw new BanyanError(verdict === 'over' ? 'code_expired' : 'invalid_code')
  }
  return {
    account,
    async spend(tx) {
      const mac = codeMac(context, tried.subject, tried.purpose, tried.code)
      if (!(await tx.useCode(tried.subject, tried.purpose, mac, context.clock.now())))
        throw new BanyanError('code_expired')
    },
  }
}
