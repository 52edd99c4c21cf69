import { BanyanError, type ErrorCode } from '@banyan/domain'
import { lockUnchanged, viewAccount } from './account-view.ts'
import { readAssertion } from './assertion-sign-in.ts'
import type { RequestOrigin } from './callers.ts'
import { findDeviceOf, trustDevice } from './devices.ts'
import { hashOf, randomToken } from './digests.ts'
import {
  beginGuess,
  compareMpin,
  comparePassword,
  type FirstGuess,
  recordWrongFirst,
  refundGuess,
} from './first-factor.ts'
import type { IdentityContext } from './identity-context.ts'
import type { IdentityTransaction, StoredAccount } from './identity-store.ts'
import { foldClientCode } from './names.ts'
import { arrivalOf, type DailyFacts, finishDaily, openDaily } from './open-session.ts'
import { findRegistered } from './register-token.ts'
import {
  beginSecondGuess,
  endSecondGuess,
  recordWrongSecond,
  spendSentCode,
  spendTotp,
  stepFailures,
  tellOfFailures,
} from './second-factor.ts'
import { isOtpEnrolled, sendSignInCode } from './sent-codes.ts'
import { oneTimeMs } from './session-lives.ts'
import type { CombinedFirst, CombinedSecond, CombinedSignIn, DailySession, Registered } from './sign-in-face.ts'
import { checkPair, type Factor } from './sign-in-rules.ts'

type Outcome = { readonly session: DailySession } | { readonly registered: Registered }
type LiveSecond = Exclude<CombinedSecond, { readonly kind: 'register' }>

/** What the first factor proved. `stepHash` is the register token's, which a sign-in spends. */
interface ProvenFirst {
  readonly account: StoredAccount
  readonly factor: Factor
  readonly stepHash: string | null
  /** The account has no MPIN: whether that is told depends on the second factor. */
  readonly lacksMpin: boolean
}

/**
 * Both factors in one call. Checked in this order: do the two go together, is the name locked, the first factor, is the
 * account enabled, the second factor. A wrong first factor leaves the second neither checked nor used up.
 */
export async function signInCombined(
  context: IdentityContext,
  given: CombinedSignIn,
  origin: RequestOrigin,
): Promise<Outcome> {
  checkPair(given.first.kind, given.second?.kind ?? null)
  const clientCode = foldClientCode(given.clientCode)
  const account = await context.store.reads.findAccount({ clientCode })
  const guess = await beginGuess(context, account, clientCode, origin)
  const proven = await proveFirst(context, guess, given)
  if (proven.account.disabledAt !== null) throw toldToProven(proven, 'account_disabled')
  if (given.second === null) return { session: await openAlone(context, guess, proven, given) }
  if (given.second.kind === 'register') return { registered: await register(context, proven.account, given, origin) }
  return { session: await proveSecond(context, guess, proven, given, given.second) }
}

async function proveFirst(context: IdentityContext, guess: FirstGuess, given: CombinedSignIn): Promise<ProvenFirst> {
  const { account } = guess
  const { first } = given
  if (first.kind === 'registered') return proveRegistered(context, guess, given, first.registerToken)
  if (first.kind === 'sso') {
    await refundGuess(context, guess)
    return {
      account: await readAssertion(context, account, first.assertion),
      factor: 'sso',
      stepHash: null,
      lacksMpin: false,
    }
  }
  const isRight = await compareFirst(context, guess, first)
  const lacksMpin = first.kind === 'mpin' && account !== null && account.mpinHash === null
  if (account === null || !(isRight || lacksMpin)) {
    await recordWrongFirst(context, guess, first.kind)
    throw new BanyanError(first.kind === 'device' ? 'device_not_registered' : 'invalid_credentials')
  }
  if (isRight) await refundGuess(context, guess)
  return { account, factor: first.kind, stepHash: null, lacksMpin }
}

async function compareFirst(
  context: IdentityContext,
  guess: FirstGuess,
  first: Exclude<CombinedFirst, { kind: 'registered' | 'sso' }>,
): Promise<boolean> {
  if (first.kind === 'password') return comparePassword(context, guess, first.password)
  if (first.kind === 'mpin') return compareMpin(context, guess, first.mpin)
  const device = await findDeviceOf(context, context.store.reads, guess.account, first.udid)
  return device?.trustedAt != null
}

/** A register token stands for the password that was right when it was made. It is no guess: nobody can try out 128 bits. */
async function proveRegistered(
  context: IdentityContext,
  guess: FirstGuess,
  { application }: CombinedSignIn,
  registerToken: string,
): Promise<ProvenFirst> {
  await refundGuess(context, guess)
  const { account } = guess
  const stepHash = account && (await findRegistered(context, account, application.applicationId, registerToken))
  if (account === null || stepHash === null) throw new BanyanError('challenge_expired')
  return { account, factor: 'registered', stepHash, lacksMpin: false }
}

/** A token for a later call of the same account and application. Where a sent code is the only second factor, it is sent now. */
async function register(
  context: IdentityContext,
  account: StoredAccount,
  { application }: CombinedSignIn,
  origin: RequestOrigin,
): Promise<Registered> {
  const { store, clock, tokens } = context
  const now = clock.now()
  const tokenId = randomToken(16)
  const { applicationId } = application
  const view = await viewAccount(store.reads, account)
  const factors: Registered['factors'] = [
    ...(isOtpEnrolled(context, account, view.hasTotp) ? (['otp'] as const) : []),
    ...(view.hasTotp ? (['totp'] as const) : []),
    ...(view.hasDevice ? (['device'] as const) : []),
  ]
  const otpSent = factors.length === 1 && factors[0] === 'otp'
  if (otpSent) await sendSignInCode(context, account, origin)
  const life = { createdAt: now, expiresAt: now + oneTimeMs }
  await store.atomically(async (tx) => {
    await tx.endSteps({ kind: 'register', accountId: account.id, applicationId }, now)
    const step = { kind: 'register', accountId: account.id, applicationId, codeMac: null, facts: {} } as const
    await tx.insertStep({ ...step, ...life, tokenHash: hashOf(tokenId), failures: 0, usedAt: null })
  })
  const registerToken = await tokens.sign({
    kind: 'register',
    subject: account.clientCode,
    tokenId,
    sessionId: null,
    applicationId,
    issuedAt: now,
    expiresAt: life.expiresAt,
  })
  return { registerToken, account: view, factors, otpSent, otpChannel: account.otpChannel }
}

function dailyFacts({ application, deviceFacts }: CombinedSignIn): DailyFacts {
  return { applicationId: application.applicationId, deviceFacts, form: 'signed' }
}

async function openAlone(
  context: IdentityContext,
  guess: FirstGuess,
  { account, factor }: ProvenFirst,
  given: CombinedSignIn,
): Promise<DailySession> {
  const arrival = arrivalOf(guess, account, [factor])
  const opened = await context.store.atomically(async (tx) => {
    await lockUnchanged(tx, account)
    return openDaily(context, tx, arrival, dailyFacts(given))
  })
  return finishDaily(context, arrival, opened)
}

/** Counts, compares and spends the second factor and opens the session in one transaction. */
async function proveSecond(
  context: IdentityContext,
  guess: FirstGuess,
  first: ProvenFirst,
  given: CombinedSignIn,
  second: LiveSecond,
): Promise<DailySession> {
  const { account } = first
  const { subject, origin } = guess
  if (!(await isEnrolled(context, account, second))) throw toldToProven(first, 'factor_not_enrolled')
  const now = context.clock.now()
  const arrival = arrivalOf(guess, account, [first.factor, second.kind])
  const outcome = await context.store.atomically(async (tx) => {
    await lockUnchanged(tx, account)
    await beginSecondGuess(tx, subject, now)
    if (first.stepHash !== null && (await tx.failStep(first.stepHash, stepFailures, now)) === null)
      throw new BanyanError('challenge_expired')
    const wrong = await spendSecond(context, tx, account, subject.key, second)
    if (wrong !== null) {
      if (wrong.code === 'code_expired') await endSecondGuess(tx, subject) // no value was compared
      const failures = await recordWrongSecond(tx, { account, factor: second.kind, subject }, origin, now)
      return { wrong, failures }
    }
    if (first.lacksMpin) return { wrong: new BanyanError('mpin_not_registered'), failures: null }
    if (first.stepHash !== null) await tx.useStep(first.stepHash, 'register', now)
    await keepDevice(context, tx, account, first.factor, given)
    return { opened: await openDaily(context, tx, arrival, dailyFacts(given)) }
  })
  if (outcome.opened !== undefined) return finishDaily(context, arrival, outcome.opened)
  if (outcome.failures !== null) tellOfFailures(context, account, outcome.failures, origin)
  throw first.lacksMpin && outcome.wrong.code !== 'mpin_not_registered'
    ? new BanyanError('invalid_credentials')
    : outcome.wrong
}

/** Without an MPIN nothing was proven, so nothing may be told that a wrong one would not be told. */
function toldToProven({ lacksMpin }: ProvenFirst, code: ErrorCode): BanyanError {
  return new BanyanError(lacksMpin ? 'invalid_credentials' : code)
}

async function isEnrolled(context: IdentityContext, account: StoredAccount, second: LiveSecond): Promise<boolean> {
  if (second.kind === 'device') return true
  const { hasTotp } = await context.store.reads.summariseFactors(account.id)
  return second.kind === 'totp' ? hasTotp : isOtpEnrolled(context, account, hasTotp)
}

/** Returns what was wrong with the second factor, null when it was right. */
async function spendSecond(
  context: IdentityContext,
  tx: IdentityTransaction,
  account: StoredAccount,
  subject: string,
  second: LiveSecond,
): Promise<BanyanError | null> {
  if (second.kind === 'totp') {
    return (await spendTotp(context, tx, account, second.code)) ? null : new BanyanError('invalid_second_factor')
  }
  if (second.kind === 'otp') {
    const verdict = await spendSentCode(context, tx, { subject, purpose: 'sign_in', code: second.code })
    if (verdict === 'right') return null
    return new BanyanError(verdict === 'wrong' ? 'invalid_code' : 'code_expired')
  }
  const device = await findDeviceOf(context, tx, account, second.udid)
  return device?.trustedAt == null ? new BanyanError('device_not_registered') : null
}

/** A device becomes trusted by the first full sign-in with a password and a code that carries it (synapsewave.md §2). */
async function keepDevice(
  context: IdentityContext,
  tx: IdentityTransaction,
  account: StoredAccount,
  factor: Factor,
  { udid, second, first }: CombinedSignIn,
): Promise<void> {
  const used = first.kind === 'device' ? first.udid : second?.kind === 'device' ? second.udid : null
  const device = used === null ? null : await findDeviceOf(context, tx, account, used)
  if (device !== null) await tx.touchDevice(device.id, { lastUsedAt: context.clock.now() })
  const byPassword = factor === 'password' || factor === 'registered'
  const byCode = second?.kind === 'otp' || second?.kind === 'totp'
  if (udid !== null && byPassword && byCode) await trustDevice(context, tx, account.id, udid)
}
