import type { EpochMs } from '@banyan/domain'
import type { IdentityContext } from './identity-context.ts'
import { tokenMs } from './session-lives.ts'
import type { StandingTokens } from './sign-in-face.ts'

/** What the three tokens of a standing session are made of; the same facts give the same tokens. */
export interface StandingFacts {
  readonly accountId: number
  readonly sessionId: string
  /** Id of the refresh token; the ids of the other two follow from it. */
  readonly refreshId: string
  readonly issuedAt: EpochMs
  readonly sessionEndsAt: EpochMs
}

/** Signs the tokens. None outlives the session. */
export async function signStanding(context: IdentityContext, facts: StandingFacts): Promise<StandingTokens> {
  const sign = (kind: keyof typeof tokenMs, tokenId: string) =>
    context.tokens.sign({
      kind,
      tokenId,
      subject: String(facts.accountId),
      sessionId: facts.sessionId,
      applicationId: null,
      issuedAt: facts.issuedAt,
      expiresAt: Math.min(facts.issuedAt + tokenMs[kind], facts.sessionEndsAt),
    })
  const derived = (kind: string) =>
    context.keyring.mac('token-id', kind, facts.refreshId).toString('base64url').slice(0, 22)
  const [session, access, refresh] = await Promise.all([
    sign('session', derived('session')),
    sign('access', derived('access')),
    sign('refresh', facts.refreshId),
  ])
  return { session, access, refresh }
}

/**
 * Returns the id of the refresh token that follows one. It is computed, not stored: a client that lost the reply and asks again gets the
 * same successor, however many ask at once (quality bar S3).
 */
export function successorOf({ keyring }: IdentityContext, refreshId: string): string {
  return keyring.mac('refresh-successor', refreshId).toString('base64url').slice(0, 22)
}
