import { dayMs, type EpochMs } from '@banyan/domain'
import type { AccountView } from './account.ts'
import { viewAccount } from './account-view.ts'
import type { RequestOrigin } from './callers.ts'
import { hashOf, randomHex, randomId, randomToken } from './digests.ts'
import type { FirstGuess } from './first-factor.ts'
import { forgetGuesses, type GuessSubject } from './guessing.ts'
import { type IdentityContext, placeOf, record, tellOwner } from './identity-context.ts'
import type { GuessLimit, IdentityTransaction, StoredAccount, StoredSession } from './identity-store.ts'
import { dailyEnd, dailyKept, standingKept, standingMs } from './session-lives.ts'
import type { DailySession, SignedIn } from './sign-in-face.ts'
import type { Factor } from './sign-in-rules.ts'
import { signStanding } from './standing-tokens.ts'

/** A device that signed in is known for this long, and an account knows so many of them. */
const deviceTokenMs = 90 * dayMs
const deviceTokensKept = 10

/** Who signed in, with what, from where. */
export interface Arrival {
  readonly account: StoredAccount
  readonly proven: readonly Factor[]
  readonly origin: RequestOrigin
  readonly isKnownDevice: boolean
  /** Counters to forget; null where nothing was guessed. */
  readonly guesses: { readonly subject: GuessSubject; readonly limits: readonly GuessLimit[] } | null
}

/** Returns the arrival after a guess that was right. */
export function arrivalOf(guess: FirstGuess, account: StoredAccount, proven: readonly Factor[]): Arrival {
  const { origin, isKnownDevice, subject, limits } = guess
  return { account, proven, origin, isKnownDevice, guesses: { subject, limits } }
}

/** What a transaction wrote of a standing session; {@link finishStanding} signs its tokens when it has been committed. */
export interface OpenedStanding {
  readonly session: StoredSession
  readonly refreshId: string
  readonly deviceToken: string | null
  readonly account: AccountView
}

/** Writes a session of 30 days. The oldest beyond 20 go. Nothing that was set before the sign-in counts in it. */
export async function openStanding(
  context: IdentityContext,
  tx: IdentityTransaction,
  arrival: Arrival,
): Promise<OpenedStanding> {
  const { account, isKnownDevice } = arrival
  const now = context.clock.now()
  const refreshId = randomToken(16)
  const session = {
    ...newSession(arrival, now, now + standingMs),
    refreshHash: hashOf(refreshId),
    refreshIssuedAt: now,
  }
  // Before it is there: of two of one millisecond either could be the oldest.
  await tx.endOldestSessions(account.id, ['api'], standingKept - 1, now)
  await tx.insertSession(session)
  const deviceToken = isKnownDevice ? null : randomToken(32)
  if (deviceToken !== null) {
    const token = {
      tokenHash: hashOf(deviceToken),
      accountId: account.id,
      createdAt: now,
      expiresAt: now + deviceTokenMs,
    }
    await tx.insertDeviceToken(token, deviceTokensKept)
  }
  await settleArrival(tx, arrival, session, now)
  return { session, refreshId, deviceToken, account: await viewAccount(tx, { ...account, lastSignInAt: now }) }
}

/** Signs the tokens of a session that is committed, and tells the owner of a sign-in from a device not seen before. */
export async function finishStanding(
  context: IdentityContext,
  arrival: Arrival,
  opened: OpenedStanding,
): Promise<SignedIn> {
  const { session, refreshId, deviceToken, account } = opened
  const isFirst = arrival.account.lastSignInAt === null
  if (!arrival.isKnownDevice && !isFirst) {
    tellOwner(context, arrival.account, { kind: 'new_device', place: placeOf(arrival.origin, session.createdAt) })
  }
  const tokens = await signStanding(context, {
    accountId: account.id,
    sessionId: session.id,
    refreshId,
    issuedAt: session.createdAt,
    sessionEndsAt: session.expiresAt,
  })
  return { account, sessionId: session.id, tokens, deviceToken }
}

export interface DailyFacts {
  readonly applicationId: string
  readonly deviceFacts: Readonly<Record<string, string>> | null
  readonly form: 'opaque' | 'signed'
}

export interface OpenedDaily {
  readonly session: StoredSession
  /** The opaque token; null where tokens are signed after the commit. */
  readonly token: string | null
  readonly account: AccountView
}

/** Writes a session that ends at 06:00 IST of the next calendar day. The oldest beyond 5, over both daily surfaces, go. */
export async function openDaily(
  context: IdentityContext,
  tx: IdentityTransaction,
  arrival: Arrival,
  facts: DailyFacts,
): Promise<OpenedDaily> {
  const now = context.clock.now()
  const token = facts.form === 'opaque' ? randomHex(16).toUpperCase() : null
  const session: StoredSession = {
    ...newSession(arrival, now, dailyEnd(now)),
    applicationId: facts.applicationId,
    deviceFacts: facts.deviceFacts,
    tokenHash: token === null ? null : hashOf(token),
  }
  await tx.endOldestSessions(arrival.account.id, ['kotak', 'synapsewave'], dailyKept - 1, now)
  await tx.insertSession(session)
  await tx.updateApplication(facts.applicationId, { lastUsedAt: now })
  await settleArrival(tx, arrival, session, now)
  return { session, token, account: await viewAccount(tx, { ...arrival.account, lastSignInAt: now }) }
}

export async function finishDaily(
  context: IdentityContext,
  { account: before }: Arrival,
  { session, token, account }: OpenedDaily,
): Promise<DailySession> {
  return {
    account,
    sessionId: session.id,
    signedInAt: session.createdAt,
    lastSignInAt: before.lastSignInAt ?? session.createdAt,
    expiresAt: session.expiresAt,
    tokens: token === null ? await signDaily(context, account, session) : { kind: 'opaque', session: token },
  }
}

async function signDaily(context: IdentityContext, account: AccountView, session: StoredSession) {
  const sign = (kind: 'interactive' | 'feed') =>
    context.tokens.sign({
      kind,
      subject: account.clientCode,
      tokenId: randomToken(16),
      sessionId: session.id,
      applicationId: session.applicationId,
      issuedAt: session.createdAt,
      expiresAt: session.expiresAt,
    })
  const [interactive, feed] = await Promise.all([sign('interactive'), sign('feed')])
  return { kind: 'signed', interactive, feed } as const
}

function newSession({ account, origin }: Arrival, now: EpochMs, expiresAt: EpochMs): StoredSession {
  return {
    id: randomId('ses_'),
    accountId: account.id,
    surface: origin.surface,
    applicationId: null,
    tokenHash: null,
    createdAt: now,
    lastSeenAt: now,
    expiresAt,
    endedAt: null,
    address: origin.address,
    userAgent: origin.userAgent,
    deviceFacts: null,
    refreshHash: null,
    refreshIssuedAt: null,
    previousRefreshHash: null,
  }
}

async function settleArrival(
  tx: IdentityTransaction,
  { account, proven, origin, guesses }: Arrival,
  session: StoredSession,
  now: EpochMs,
): Promise<void> {
  await tx.updateAccount(account.id, { lastSignInAt: now })
  const hasProvenSecond = proven.length > 1 || proven.includes('passkey')
  if (guesses !== null) await forgetGuesses(tx, guesses.subject, guesses.limits, hasProvenSecond)
  const facts = { factors: proven.join(' '), session: session.id }
  await record(tx, { accountId: account.id, action: 'sign_in', outcome: 'done', facts }, origin, now)
}
