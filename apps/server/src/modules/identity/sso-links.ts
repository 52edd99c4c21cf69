import { BanyanError } from '@banyan/domain'
import { spendAssertion } from './assertion-sign-in.ts'
import { randomId } from './digests.ts'
import { changed } from './factor-changes.ts'
import type { FactorsFace, SsoLinkView } from './factors-face.ts'
import type { IdentityContext } from './identity-context.ts'
import type { StoredSsoLink } from './identity-store.ts'
import { reenterPassword } from './passwords.ts'

type SsoFace = Pick<FactorsFace, 'linkSso' | 'unlinkSso'>

/** Accounts are linked by issuer and subject, by an owner who proves to hold both ends. */
export function createSsoLinks(context: IdentityContext): SsoFace {
  const { store, clock, assertions } = context
  return {
    async linkSso(caller, { assertion, password }, origin) {
      const account = await reenterPassword(context, caller, password, origin)
      const verified = await assertions.verify(assertion)
      await spendAssertion(context, verified)
      const { issuer, subject } = verified
      const link = { id: randomId('sso_'), accountId: account.id, issuer, subject, linkedAt: clock.now() }
      if (!(await store.atomically((tx) => tx.insertSsoLink(link)))) throw new BanyanError('sso_link_taken')
      await changed(context, account, { action: 'sso_linked', factor: 'sso-link', change: 'added' }, origin)
      return toLinkView(link)
    },
    async unlinkSso(caller, { id, password }, origin) {
      const account = await reenterPassword(context, caller, password, origin)
      if (!(await store.atomically((tx) => tx.deleteSsoLink(account.id, id)))) throw new BanyanError('not_found')
      await changed(context, account, { action: 'sso_unlinked', factor: 'sso-link', change: 'removed' }, origin)
    },
  }
}

export function toLinkView({ id, issuer, subject, linkedAt }: StoredSsoLink): SsoLinkView {
  return { id, issuer, subject, linkedAt }
}
