import { BanyanError } from '@banyan/domain'
import { hashOf } from './digests.ts'
import type { IdentityContext } from './identity-context.ts'
import type { StoredAccount } from './identity-store.ts'
import { foldClientCode } from './names.ts'

/**
 * Returns the account an assertion signs in: the one that was asked for, linked to the issuer's subject by its owner. Never by e-mail
 * (quality bar T9). An assertion with an id works once. Throws `invalid_sso_token` for every fault.
 */
export async function readAssertion(
  context: IdentityContext,
  account: StoredAccount | null,
  text: string,
): Promise<StoredAccount> {
  const assertion = await context.assertions.verify(text)
  const link = await context.store.reads.findSsoLink(assertion.issuer, assertion.subject)
  const isTheirs =
    account !== null && link?.accountId === account.id && foldClientCode(assertion.userName) === account.clientCode
  if (!isTheirs) throw new BanyanError('invalid_sso_token')
  await spendAssertion(context, assertion)
  return account
}

/** Marks an assertion's id as used. Throws `invalid_sso_token` when it was used before. */
export async function spendAssertion(
  { store, clock }: IdentityContext,
  assertion: { readonly issuer: string; readonly assertionId: string | null; readonly expiresAt: number },
): Promise<void> {
  if (assertion.assertionId === null) return
  const now = clock.now()
  const step = {
    tokenHash: hashOf(JSON.stringify([assertion.issuer, assertion.assertionId])),
    kind: 'assertion',
    accountId: null,
    applicationId: null,
    codeMac: null,
    facts: {},
    createdAt: now,
    expiresAt: assertion.expiresAt,
    failures: 0,
    usedAt: now,
  } as const
  if (!(await store.atomically((tx) => tx.insertStep(step)))) throw new BanyanError('invalid_sso_token')
}
