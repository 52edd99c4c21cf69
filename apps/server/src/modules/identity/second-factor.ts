import type { EpochMs } from '@banyan/domain'
import type { RequestOrigin } from './callers.ts'
import { isSame } from './digests.ts'
import {
  type GuessSubject,
  secondFactorLimits,
  secondHour,
  secondNoticeAt,
  secondRun,
  secondRunLimit,
  takeGuess,
} from './guessing.ts'
import { type IdentityContext, placeOf, record, tellOwner } from './identity-context.ts'
import type { IdentityTransaction, StoredAccount } from './identity-store.ts'

/** Wrong codes a sign-in under way survives, less one. */
export const stepFailures = 5

/** Counts a guess at a second factor before it is compared. Throws `too_many_attempts`, and then nothing was counted. */
export async function beginSecondGuess(tx: IdentityTransaction, subject: GuessSubject, now: EpochMs): Promise<void> {
  await takeGuess(tx, secondFactorLimits(subject.key), now)
}

/** Takes the guess back after a right one that does not end a sign-in. */
export async function endSecondGuess(tx: IdentityTransaction, subject: GuessSubject): Promise<void> {
  await tx.refundGuess(secondFactorLimits(subject.key))
}

/** Compares a TOTP code and spends its time step: true once per step, for one of any number of parallel tries. */
export async function spendTotp(
  context: IdentityContext,
  tx: IdentityTransaction,
  account: StoredAccount,
  code: string,
): Promise<boolean> {
  const totp = await tx.findTotp(account.id)
  if (totp === null || totp.secret === null) return false
  const secret = context.keyring.open('totp', totp.secret, String(account.id))
  const step = context.totp.findStep(secret, code, context.clock.now())
  return step !== null && tx.acceptTotpStep(account.id, step)
}

async function spendRecoveryCode(
  context: IdentityContext,
  tx: IdentityTransaction,
  account: StoredAccount,
  code: string,
): Promise<boolean> {
  return tx.useRecoveryCode(account.id, recoveryMac(context, account.id, code), context.clock.now())
}

/** Returns which factor a text of the account proved: six digits are TOTP, anything else a recovery code; null when it is wrong. */
export async function spendTotpOrRecovery(
  context: IdentityContext,
  tx: IdentityTransaction,
  account: StoredAccount,
  code: string,
): Promise<'totp' | 'recovery_code' | null> {
  if (/^[0-9]{6}$/.test(code)) return (await spendTotp(context, tx, account, code)) ? 'totp' : null
  return (await spendRecoveryCode(context, tx, account, code)) ? 'recovery_code' : null
}

/** Codes are short, so the mac's key is outside the database (quality bar T8). Case, hyphens and look-alikes do not matter. */
export function recoveryMac({ keyring }: IdentityContext, accountId: number, code: string): string {
  const folded = code.toLowerCase().replace(/[\s-]/g, '').replace(/[il]/g, '1').replace(/o/g, '0')
  return keyring.mac('recovery-code', String(accountId), folded).toString('hex')
}

export function codeMac({ keyring }: IdentityContext, subject: string, purpose: string, code: string): string {
  return keyring.mac('sent-code', subject, purpose, code).toString('hex')
}

export type CodeVerdict = 'right' | 'wrong' | 'over'

/** Compares a sent code after counting the try, and spends it when it is right. `over`: none is live, or it had its five tries. */
export async function spendSentCode(
  context: IdentityContext,
  tx: IdentityTransaction,
  given: { readonly subject: string; readonly purpose: string; readonly code: string },
): Promise<CodeVerdict> {
  const { subject, purpose } = given
  const verdict = await trySentCode(context, tx, given)
  if (verdict !== 'right') return verdict
  const mac = codeMac(context, subject, purpose, given.code)
  return (await tx.useCode(subject, purpose, mac, context.clock.now())) ? 'right' : 'over'
}

/** The same without spending a right one. */
export async function trySentCode(
  context: IdentityContext,
  tx: IdentityTransaction,
  { subject, purpose, code }: { readonly subject: string; readonly purpose: string; readonly code: string },
): Promise<CodeVerdict> {
  const tried = await tx.tryCode(subject, purpose, stepFailures, context.clock.now())
  if (tried === null) return 'over'
  const mac = codeMac(context, subject, purpose, code)
  return tried.codeMac !== null && isSame(tried.codeMac, mac) ? 'right' : 'wrong'
}

/** Wrong second factors of an account, the last one included. */
export interface SecondFailures {
  readonly withinHour: number
  readonly inARow: number
}

/** Records a wrong second factor in the transaction that counted it. */
export async function recordWrongSecond(
  tx: IdentityTransaction,
  event: { readonly account: StoredAccount; readonly factor: string; readonly subject: GuessSubject },
  origin: RequestOrigin,
  now: EpochMs,
): Promise<SecondFailures> {
  const { account, factor, subject } = event
  const facts = { factor, reason: 'wrong' }
  await record(tx, { accountId: account.id, action: 'second_factor', outcome: 'refused', facts }, origin, now)
  return {
    withinHour: await tx.countGuesses(secondHour(subject.key), now),
    inARow: await tx.countGuesses(secondRun(subject.key), now),
  }
}

/** Tells the owner at the tenth wrong second factor within an hour, and at the hundredth in a row. */
export function tellOfFailures(
  context: IdentityContext,
  account: StoredAccount,
  { withinHour, inARow }: SecondFailures,
  origin: RequestOrigin,
): void {
  const place = placeOf(origin, context.clock.now())
  if (inARow === secondRunLimit) tellOwner(context, account, { kind: 'sign_in_off', what: 'second-factor', place })
  else if (withinHour === secondNoticeAt)
    tellOwner(context, account, { kind: 'second_factor_failures', count: withinHour, place })
}
