import type { RequestOrigin } from './callers.ts'
import { hashOf } from './digests.ts'
import {
  firstFactorLimits,
  firstRun,
  firstRunLimit,
  type GuessSubject,
  mpinLimit,
  refuseIfLocked,
  secondFactorLimits,
  takeGuess,
} from './guessing.ts'
import { type IdentityContext, orRefund, placeOf, record, subjectOf, tellOwner } from './identity-context.ts'
import type { GuessLimit, StoredAccount } from './identity-store.ts'
import { normalisePassword } from './password-rules.ts'

/** A guess at a first factor that was counted before anything was compared. */
export interface FirstGuess {
  readonly account: StoredAccount | null
  readonly subject: GuessSubject
  readonly limits: readonly GuessLimit[]
  readonly origin: RequestOrigin
  /** True when the caller's device token is one of this account's. */
  readonly isKnownDevice: boolean
}

/**
 * Counts a guess at the name's first factor. Throws `too_many_attempts`, also when the daily sign-ins are locked for wrong second
 * factors. A name nobody has goes the same way and costs the same.
 */
export async function beginGuess(
  context: IdentityContext,
  account: StoredAccount | null,
  foldedName: string,
  origin: RequestOrigin,
): Promise<FirstGuess> {
  const subject = subjectOf(context, account, foldedName)
  const device = await findKnownDevice(context, account, origin)
  const limits = firstFactorLimits(subject, origin, context.limitKey(origin.address), device)
  const now = context.clock.now()
  await context.store.atomically(async (tx) => {
    if (origin.surface !== 'api') await refuseIfLocked(tx, secondFactorLimits(subject.key), now)
    await takeGuess(tx, limits, now)
  })
  return { account, subject, limits, origin, isKnownDevice: device !== null }
}

/** Returns the hash of the caller's device token when it is a live one of the account. */
export async function findKnownDevice(
  { store, clock }: IdentityContext,
  account: StoredAccount | null,
  { deviceToken }: RequestOrigin,
): Promise<string | null> {
  if (deviceToken === null) return null
  const known = await store.reads.findDeviceToken(hashOf(deviceToken))
  const isOurs = known !== null && known.accountId === account?.id && known.expiresAt > clock.now()
  return isOurs ? known.tokenHash : null
}

/** Compares a password with one slow hash, whether or not the account has one. A busy server compares nothing and counts nothing. */
export async function comparePassword(context: IdentityContext, guess: FirstGuess, given: string): Promise<boolean> {
  const stored = guess.account?.passwordHash ?? null
  const compared = context.hasher.verify(stored ?? context.hasher.dummy, normalisePassword(given))
  const isEqual = await orRefund(compared, () => refundGuess(context, guess))
  if (isEqual && stored !== null) rehashLater(context, guess, given)
  return isEqual && stored !== null
}

/** Five wrong MPINs in a row kill it: from then on the right one is as wrong as any, until a full sign-in. */
export async function compareMpin(context: IdentityContext, guess: FirstGuess, given: string): Promise<boolean> {
  const { store, clock, hasher, keyring } = context
  const limit = [mpinLimit(guess.subject.key)]
  const isAlive = (await store.atomically((tx) => tx.takeGuess(limit, clock.now()))) === 'taken'
  const stored = guess.account?.mpinHash ?? null
  const compared = hasher.verify(stored ?? hasher.dummy, given, { secret: keyring.pinPepper() })
  const isEqual = await orRefund(compared, async () => {
    await refundGuess(context, guess)
    if (isAlive) await store.atomically((tx) => tx.refundGuess(limit))
  })
  const isRight = isEqual && isAlive && stored !== null
  if (isRight) await store.atomically((tx) => tx.refundGuess(limit))
  return isRight
}

export async function refundGuess({ store }: IdentityContext, { limits }: FirstGuess): Promise<void> {
  await store.atomically((tx) => tx.refundGuess(limits))
}

/** Records a wrong first factor. The last one before the password is switched off tells the owner. */
export async function recordWrongFirst(context: IdentityContext, guess: FirstGuess, factor: string): Promise<void> {
  const { account, subject, origin } = guess
  const now = context.clock.now()
  const run = await context.store.atomically(async (tx) => {
    await record(
      tx,
      { accountId: account?.id ?? null, action: 'sign_in', outcome: 'refused', facts: { factor, reason: 'wrong' } },
      origin,
      now,
    )
    return tx.countGuesses(firstRun(subject.key), now)
  })
  if (account !== null && run === firstRunLimit) {
    tellOwner(context, account, { kind: 'sign_in_off', what: 'password', place: placeOf(origin, now) })
  }
}

/** Hashes with today's parameters what was stored with weaker ones (quality bar P1). */
function rehashLater({ background, hasher, store }: IdentityContext, { account }: FirstGuess, given: string): void {
  const before = account?.passwordHash ?? null
  if (account === null || before === null || !hasher.needsRehash(before)) return
  background.run('rehash', async () => {
    const passwordHash = await hasher.hash(normalisePassword(given))
    await store.atomically(async (tx) => {
      const current = await tx.lockAccount(account.id)
      if (current?.passwordHash === before) await tx.updateAccount(account.id, { passwordHash })
    })
  })
}
