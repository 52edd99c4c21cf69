import { BanyanError, type EpochMs } from '@banyan/domain'
import { lockUnchanged, viewAccount } from './account-view.ts'
import type { ApplicationCaller, RequestOrigin } from './callers.ts'
import { hashOf, isSame, randomDigits, randomHex } from './digests.ts'
import { beginGuess, comparePassword, recordWrongFirst, refundGuess } from './first-factor.ts'
import { firstFactorLimits, refuseIfLocked, secondFactorLimits, waitS } from './guessing.ts'
import { type IdentityContext, recipientOf, subjectOf } from './identity-context.ts'
import type { StoredAccount, StoredStep } from './identity-store.ts'
import { foldClientCode } from './names.ts'
import { type Arrival, finishDaily, openDaily } from './open-session.ts'
import { beginSecondGuess, codeMac, recordWrongSecond, stepFailures, tellOfFailures } from './second-factor.ts'
import { codeMs, oneTimeMs } from './session-lives.ts'
import type { AccessCodeSent, DailySession } from './sign-in-face.ts'
import { afterAccessPassword, isSignedIn, prove } from './sign-in-rules.ts'

interface PasswordStep {
  readonly application: ApplicationCaller
  readonly clientCode: string
  readonly password: string
}

/** First step: the password is right, so a code of four digits is sent and a one-time token names this sign-in. */
export async function requestAccessCode(
  context: IdentityContext,
  given: PasswordStep,
  origin: RequestOrigin,
): Promise<AccessCodeSent> {
  const clientCode = foldClientCode(given.clientCode)
  const account = await context.store.reads.findAccount({ clientCode })
  const guess = await beginGuess(context, account, clientCode, origin)
  const isRight = await comparePassword(context, guess, given.password)
  if (account === null || !isRight) {
    await recordWrongFirst(context, guess, 'password')
    throw new BanyanError('invalid_credentials')
  }
  await refundGuess(context, guess)
  if (account.disabledAt !== null) throw new BanyanError('account_disabled')
  return sendAccessCode(context, account, given.application)
}

/** The code is sent before anything is written: when it cannot be delivered, an earlier token stays as good as it was. */
async function sendAccessCode(
  context: IdentityContext,
  account: StoredAccount,
  { applicationId }: ApplicationCaller,
): Promise<AccessCodeSent> {
  const { store, clock, notices } = context
  const now = clock.now()
  const code = randomDigits(4)
  const oneTimeToken = randomHex(16).toUpperCase()
  const tokenHash = hashOf(oneTimeToken)
  const isOptional = await store.reads.hasNoAccessCode(applicationId, account.id)
  if (!isOptional || notices.hasMail) {
    const takeBack = await countCodeSent(context, account.id, now)
    const notice = { kind: 'code', purpose: 'access_code', code, expiresAt: now + codeMs } as const
    await notices.send(recipientOf(account), notice).catch(async (error: unknown) => {
      await takeBack()
      throw error
    })
  }
  await store.atomically(async (tx) => {
    await tx.endSteps({ kind: 'one_time', accountId: account.id, applicationId }, now)
    await tx.insertStep({
      tokenHash,
      kind: 'one_time',
      accountId: account.id,
      applicationId,
      codeMac: codeMac(context, tokenHash, 'access_code', code),
      facts: {},
      createdAt: now,
      expiresAt: now + oneTimeMs,
      failures: 0,
      usedAt: null,
    })
  })
  return { oneTimeToken, issuedAt: now, account: await viewAccount(store.reads, account) }
}

/** Five codes in 15 minutes per account (kotak.md §4). Returns what takes this one back. */
async function countCodeSent(
  { store }: IdentityContext,
  accountId: number,
  now: EpochMs,
): Promise<() => Promise<void>> {
  const limits = [{ bucket: `account:${accountId}:access-code`, limit: 5, windowMs: 900_000, lockMs: null }]
  const verdict = await store.atomically((tx) => tx.takeGuess(limits, now))
  if (verdict === 'taken') return () => store.atomically((tx) => tx.refundGuess(limits))
  throw new BanyanError('rate_limited', { retryAfterS: waitS(verdict.refusedUntil, now) })
}

interface CodeStep {
  readonly application: ApplicationCaller
  readonly clientCode: string
  readonly oneTimeToken: string
  /** Null asks for sign-in without a code. */
  readonly accessCode: string | null
  readonly deviceFacts: Readonly<Record<string, string>> | null
}

/** Second step: the code, or nothing where the account switched it off for this application. */
export async function signInWithAccessCode(
  context: IdentityContext,
  given: CodeStep,
  origin: RequestOrigin,
): Promise<DailySession> {
  const clientCode = foldClientCode(given.clientCode)
  const now = context.clock.now()
  const named = await context.store.reads.findAccount({ clientCode })
  const subject = subjectOf(context, named, clientCode)
  const limits = firstFactorLimits(subject, origin, '', null)
  // A lock comes before the token, also with one that is dead (kotak.md §3.3).
  await context.store.atomically((tx) => refuseIfLocked(tx, [...limits, ...secondFactorLimits(subject.key)], now))
  const { step, account } = await readOneTime(context, named, given)
  const outcome = await context.store.atomically(async (tx) => {
    await lockUnchanged(tx, account)
    const state = afterAccessPassword(await tx.hasNoAccessCode(given.application.applicationId, account.id))
    let proven = state.proven
    if (given.accessCode === null) {
      if (!isSignedIn(state)) throw new BanyanError('access_code_required')
    } else {
      await beginSecondGuess(tx, subject, now)
      if ((await tx.failStep(step.tokenHash, stepFailures, now)) === null) throw new BanyanError('challenge_expired')
      if (!isRightCode(context, step, given.accessCode, now))
        return { wrong: await recordWrongSecond(tx, { account, factor: 'access_code', subject }, origin, now) } as const
      proven = isSignedIn(state) ? [...proven, 'access_code'] : prove(state, 'access_code').proven
    }
    const spent = await tx.useStep(step.tokenHash, 'one_time', now)
    if (spent === null && given.accessCode === null) throw new BanyanError('challenge_expired')
    const arrival: Arrival = { account, proven, origin, isKnownDevice: true, guesses: { subject, limits } }
    const { applicationId } = given.application
    return {
      arrival,
      opened: await openDaily(context, tx, arrival, { applicationId, deviceFacts: given.deviceFacts, form: 'opaque' }),
    } as const
  })
  if (outcome.opened !== undefined) return finishDaily(context, outcome.arrival, outcome.opened)
  tellOfFailures(context, account, outcome.wrong, origin)
  throw new BanyanError('invalid_second_factor')
}

/** Returns the sign-in a one-time token names. Throws `challenge_expired` for one that is over, used, or of another account or application. */
async function readOneTime(
  { store, clock }: IdentityContext,
  account: StoredAccount | null,
  { oneTimeToken, application }: CodeStep,
): Promise<{ readonly step: StoredStep; readonly account: StoredAccount }> {
  const step = await store.reads.findStep(hashOf(oneTimeToken.toUpperCase()))
  const isLive =
    step?.kind === 'one_time' &&
    step.usedAt === null &&
    step.expiresAt > clock.now() &&
    step.applicationId === application.applicationId &&
    step.accountId === account?.id
  if (!isLive || account === null) throw new BanyanError('challenge_expired')
  if (account.disabledAt !== null) throw new BanyanError('account_disabled')
  return { step, account }
}

/** A code is good for 5 of its token's 15 minutes; a late one is as wrong as any. */
function isRightCode(context: IdentityContext, step: StoredStep, code: string, now: EpochMs): boolean {
  const mac = codeMac(context, step.tokenHash, 'access_code', code)
  return step.codeMac !== null && isSame(step.codeMac, mac) && now < step.createdAt + codeMs
}
