import { BanyanError } from '@banyan/domain'
import type { TokenKind } from './callers.ts'
import { hashOf } from './digests.ts'
import type { IdentityContext } from './identity-context.ts'
import type { StepKind, StoredAccount, StoredStep } from './identity-store.ts'

/** Returns the hash of a live register token of the account and application; null for every other text. */
export async function findRegistered(
  context: IdentityContext,
  account: StoredAccount,
  applicationId: string,
  registerToken: string,
): Promise<string | null> {
  const step = await findLiveStep(context, registerToken, { token: 'register', step: 'register' })
  return step?.accountId === account.id && step.applicationId === applicationId ? step.tokenHash : null
}

/** Returns the step a signed token stands for, while neither is over nor used; null for every other text. */
export async function findLiveStep(
  context: IdentityContext,
  text: string,
  kind: { readonly token: TokenKind; readonly step: StepKind },
): Promise<StoredStep | null> {
  const claims = await context.tokens.verify(text).catch((error: unknown) => {
    if (error instanceof BanyanError && ['invalid_token', 'token_expired'].includes(error.code)) return null
    throw error
  })
  if (claims?.kind !== kind.token) return null
  const step = await context.store.reads.findStep(hashOf(claims.tokenId))
  const isLive = step?.kind === kind.step && step.usedAt === null && step.expiresAt > context.clock.now()
  return isLive ? step : null
}
