import { BanyanError, type EpochMs } from '@banyan/domain'
import type { RequestOrigin } from './callers.ts'
import { type GuessSubject, lockBuckets } from './guessing.ts'
import type { EventPlace, IdentityPorts, Notice } from './identity-ports.ts'
import type { IdentityTransaction, StoredAccount } from './identity-store.ts'

/** What every part of the module is handed. */
export type IdentityContext = IdentityPorts

export function placeOf(origin: RequestOrigin, at: EpochMs): EventPlace {
  return { at, address: origin.address, userAgent: origin.userAgent }
}

/** Tells the account's owner by mail, after the reply; without mail nobody is told, which the start of the server says. */
export function tellOwner(
  { background, notices }: IdentityContext,
  account: Pick<StoredAccount, 'email' | 'mobile' | 'name' | 'otpChannel'>,
  notice: Notice,
): void {
  if (!notices.hasMail) return
  background.run('notice', () => notices.send(recipientOf(account), notice))
}

export function recipientOf(account: Pick<StoredAccount, 'email' | 'mobile' | 'name' | 'otpChannel'>) {
  const { email, mobile, name, otpChannel } = account
  return { email, mobile, name, channel: otpChannel }
}

export function subjectOf(
  { keyring }: IdentityContext,
  account: StoredAccount | null,
  foldedName: string,
): GuessSubject {
  const nameMac = keyring.mac('name', foldedName).toString('hex').slice(0, 32)
  return { key: account === null ? `name:${nameMac}` : `account:${account.id}`, nameMac }
}

export function accountSubject(context: IdentityContext, account: StoredAccount): GuessSubject {
  return subjectOf(context, account, account.email)
}

/** Records what happened for the account's owner to read. `facts` carry no secret. */
export async function record(
  tx: IdentityTransaction,
  event: {
    readonly accountId: number | null
    readonly action: string
    readonly outcome: 'done' | 'refused'
    readonly facts?: Readonly<Record<string, string | number | boolean>>
  },
  origin: RequestOrigin,
  at: EpochMs,
): Promise<void> {
  const { surface, address, userAgent, requestId } = origin
  await tx.insertAudit({ at, facts: {}, ...event, surface, address, userAgent, requestId })
}

/** Runs what may fail because the server is busy; then the guess that was counted for it is taken back. */
export async function orRefund<T>(work: Promise<T>, refund: () => Promise<void>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof BanyanError && error.code === 'unavailable') await refund()
    throw error
  }
}

/** Proof of the mailbox, or the command line, opens what guesses had locked; the run of wrong second factors only the latter. */
export async function clearLocks(
  context: IdentityContext,
  tx: IdentityTransaction,
  account: StoredAccount,
): Promise<void> {
  const byCode = subjectOf(context, account, account.clientCode)
  const byEmail = subjectOf(context, account, account.email)
  await tx.clearGuesses(lockBuckets(byCode))
  await tx.clearGuessesBelow(`first:api:${byEmail.nameMac}:`)
}
