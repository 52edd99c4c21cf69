import { BanyanError } from '@banyan/domain'
import { lockUnchanged } from './account-view.ts'
import type { RequestOrigin } from './callers.ts'
import { hashOf, randomToken } from './digests.ts'
import {
  beginGuess,
  comparePassword,
  type FirstGuess,
  findKnownDevice,
  recordWrongFirst,
  refundGuess,
} from './first-factor.ts'
import { firstFactorLimits } from './guessing.ts'
import { accountSubject, type IdentityContext } from './identity-context.ts'
import type { StoredAccount } from './identity-store.ts'
import { foldEmail } from './names.ts'
import { type Arrival, arrivalOf, finishStanding, openStanding } from './open-session.ts'
import {
  beginSecondGuess,
  recordWrongSecond,
  spendTotpOrRecovery,
  stepFailures,
  tellOfFailures,
} from './second-factor.ts'
import { challengeMs } from './session-lives.ts'
import type { SecondFactorNeeded, SignedIn, SignInFace } from './sign-in-face.ts'
import { afterPassword, challengeFactors, isSignedIn, prove, type SignInState } from './sign-in-rules.ts'

/** E-mail and password: a session, or a challenge when the account has a second factor. */
export async function signInWithPassword(
  context: IdentityContext,
  given: { readonly email: string; readonly password: string },
  origin: RequestOrigin,
): ReturnType<SignInFace['withPassword']> {
  const email = foldEmail(given.email)
  const account = await context.store.reads.findAccount({ email })
  const guess = await beginGuess(context, account, email, origin)
  const isRight = await comparePassword(context, guess, given.password)
  if (account === null || !isRight) {
    await recordWrongFirst(context, guess, 'password')
    throw new BanyanError('invalid_credentials')
  }
  if (account.disabledAt !== null) {
    await refundGuess(context, guess)
    throw new BanyanError('account_disabled')
  }
  const state = afterPassword(await context.store.reads.summariseFactors(account.id))
  if (isSignedIn(state)) return { signedIn: await signIn(context, guess, account, state) }
  await refundGuess(context, guess)
  return { needed: await challengeFor(context, account, state, origin) }
}

async function signIn(
  context: IdentityContext,
  guess: FirstGuess,
  account: StoredAccount,
  state: SignInState,
): Promise<SignedIn> {
  const arrival = arrivalOf(guess, account, state.proven)
  const opened = await context.store.atomically(async (tx) => {
    await lockUnchanged(tx, account)
    // A factor confirmed between the look and this transaction gates as well.
    if (!isSignedIn(afterPassword(await tx.summariseFactors(account.id)))) throw new BanyanError('invalid_credentials')
    return openStanding(context, tx, arrival)
  })
  return finishStanding(context, arrival, opened)
}

async function challengeFor(
  context: IdentityContext,
  account: StoredAccount,
  state: SignInState,
  origin: RequestOrigin,
): Promise<SecondFactorNeeded> {
  const now = context.clock.now()
  const tokenId = randomToken(16)
  await context.store.atomically((tx) =>
    tx.insertStep({
      tokenHash: hashOf(tokenId),
      kind: 'challenge',
      accountId: account.id,
      applicationId: null,
      codeMac: null,
      facts: { proven: state.proven.join(' '), surface: origin.surface },
      createdAt: now,
      expiresAt: now + challengeMs,
      failures: 0,
      usedAt: null,
    }),
  )
  const challenge = await context.tokens.sign({
    kind: 'challenge',
    subject: String(account.id),
    tokenId,
    sessionId: null,
    applicationId: null,
    issuedAt: now,
    expiresAt: now + challengeMs,
  })
  const summary = await context.store.reads.summariseFactors(account.id)
  return { challenge, expiresInS: challengeMs / 1000, factors: challengeFactors(summary) }
}

/** A sign-in under way whose password was right. */
export interface OpenChallenge {
  readonly account: StoredAccount
  readonly stepHash: string
}

/** Returns the account a live challenge belongs to. Throws `challenge_expired`, `wrong_token_kind`, `invalid_token`. */
export async function readChallenge(context: IdentityContext, challenge: string): Promise<OpenChallenge> {
  const stepHash = await challengeHash(context, challenge)
  const { reads } = context.store
  const step = await reads.findStep(stepHash)
  const isLive = step?.kind === 'challenge' && step.usedAt === null && step.expiresAt > context.clock.now()
  const account = isLive && step.accountId !== null ? await reads.findAccount({ id: step.accountId }) : null
  if (account === null || account.disabledAt !== null) throw new BanyanError('challenge_expired')
  return { account, stepHash }
}

async function challengeHash(context: IdentityContext, challenge: string): Promise<string> {
  try {
    const claims = await context.tokens.verify(challenge)
    if (claims.kind !== 'challenge') throw new BanyanError('wrong_token_kind')
    return hashOf(claims.tokenId)
  } catch (error) {
    if (error instanceof BanyanError && error.code === 'token_expired')
      throw new BanyanError('challenge_expired', { cause: error })
    throw error
  }
}

/** TOTP or a recovery code for a challenge: counted, compared and spent in one transaction, so that of parallel tries one wins. */
export async function signInWithCode(
  context: IdentityContext,
  given: { readonly challenge: string; readonly code: string },
  origin: RequestOrigin,
): Promise<SignedIn> {
  const { account, stepHash } = await readChallenge(context, given.challenge)
  const subject = accountSubject(context, account)
  const now = context.clock.now()
  const device = await findKnownDevice(context, account, origin)
  const limits = firstFactorLimits(subject, origin, context.limitKey(origin.address), device)
  const outcome = await context.store.atomically(async (tx) => {
    await lockUnchanged(tx, account)
    await beginSecondGuess(tx, subject, now)
    if ((await tx.failStep(stepHash, stepFailures, now)) === null) throw new BanyanError('challenge_expired')
    const factor = await spendTotpOrRecovery(context, tx, account, given.code)
    if (factor === null)
      return { wrong: await recordWrongSecond(tx, { account, factor: 'code', subject }, origin, now) }
    const state = prove({ proven: ['password'], needed: ['totp', 'recovery_code'] }, factor)
    const guesses = { subject, limits }
    const arrival: Arrival = { account, proven: state.proven, origin, isKnownDevice: device !== null, guesses }
    await tx.useStep(stepHash, 'challenge', now)
    return { arrival, opened: await openStanding(context, tx, arrival) }
  })
  if (outcome.opened !== undefined) return finishStanding(context, outcome.arrival, outcome.opened)
  tellOfFailures(context, account, outcome.wrong, origin)
  throw new BanyanError('invalid_second_factor')
}
