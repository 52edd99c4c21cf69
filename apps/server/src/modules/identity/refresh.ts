import { BanyanError, type EpochMs } from '@banyan/domain'
import type { RequestOrigin } from './callers.ts'
import { hashOf } from './digests.ts'
import { waitS } from './guessing.ts'
import { type IdentityContext, placeOf, record, tellOwner } from './identity-context.ts'
import type { SignedClaims } from './identity-ports.ts'
import type { IdentityTransaction, StoredSession } from './identity-store.ts'
import type { StandingTokens } from './sign-in-face.ts'
import { signStanding, successorOf } from './standing-tokens.ts'

/** New refresh tokens a session gets in a minute; asking again for the same one is not counted. */
const rotationsAMinute = 30

type Outcome = { readonly session: StoredSession; readonly issuedAt: EpochMs } | { readonly reusedBy: number }

/** Spends a refresh token and returns the next three. One that comes back outside the grace ends the session: it was stolen, or its thief was. */
export async function refreshTokens(
  context: IdentityContext,
  text: string,
  origin: RequestOrigin,
  forget: (sessionIds: readonly string[]) => void,
): Promise<StandingTokens> {
  const claims = await context.tokens.verify(text)
  const { sessionId } = claims
  if (claims.kind !== 'refresh' || sessionId === null) throw new BanyanError('wrong_token_kind')
  const outcome = await context.store.atomically((tx) => rotate(context, tx, { ...claims, sessionId }, origin))
  if ('reusedBy' in outcome) {
    forget([sessionId])
    await tellOfReuse(context, outcome.reusedBy, origin)
    throw new BanyanError('refresh_reused')
  }
  const { session, issuedAt } = outcome
  return signStanding(context, {
    accountId: session.accountId,
    sessionId,
    refreshId: successorOf(context, claims.tokenId),
    issuedAt,
    sessionEndsAt: session.expiresAt,
  })
}

async function rotate(
  context: IdentityContext,
  tx: IdentityTransaction,
  claims: SignedClaims & { readonly sessionId: string },
  origin: RequestOrigin,
): Promise<Outcome> {
  const now = context.clock.now()
  await tx.lockAccount(Number(claims.subject))
  const session = await tx.findSession(claims.sessionId)
  if (session === null || session.endedAt !== null) throw new BanyanError('session_revoked')
  if (session.expiresAt <= now) throw new BanyanError('token_expired')
  const presented = hashOf(claims.tokenId)
  if (session.refreshHash === presented) {
    await countRotation(tx, session.id, now)
    await tx.rotateRefresh(session.id, presented, hashOf(successorOf(context, claims.tokenId)), now)
    return { session, issuedAt: now }
  }
  const { previousRefreshHash, refreshIssuedAt } = session
  const isWithinGrace = refreshIssuedAt !== null && now - refreshIssuedAt <= context.settings.refreshGraceMs
  if (previousRefreshHash === presented && isWithinGrace) return { session, issuedAt: refreshIssuedAt }
  await tx.endSessions({ accountId: session.accountId, id: session.id }, 'refresh_reused', now)
  const facts = { session: session.id }
  await record(tx, { accountId: session.accountId, action: 'refresh_reused', outcome: 'refused', facts }, origin, now)
  return { reusedBy: session.accountId }
}

async function countRotation(tx: IdentityTransaction, sessionId: string, now: EpochMs): Promise<void> {
  const limit = { bucket: `refresh:${sessionId}`, limit: rotationsAMinute, windowMs: 60_000, lockMs: null }
  const verdict = await tx.takeGuess([limit], now)
  if (verdict === 'taken') return
  throw new BanyanError('rate_limited', { retryAfterS: waitS(verdict.refusedUntil, now) })
}

async function tellOfReuse(context: IdentityContext, accountId: number, origin: RequestOrigin): Promise<void> {
  const account = await context.store.reads.findAccount({ id: accountId })
  if (account === null) return
  tellOwner(context, account, { kind: 'refresh_reused', place: placeOf(origin, context.clock.now()) })
}
