import type { RequestOrigin } from './callers.ts'
import { type IdentityContext, placeOf, record, tellOwner } from './identity-context.ts'
import type { ChangedFactor, Notice } from './identity-ports.ts'
import type { StoredAccount } from './identity-store.ts'

type FactorChange = Extract<Notice, { readonly kind: 'factor_changed' }>['change']

/** Records a change of a factor and tells the owner by mail. */
export async function changed(
  context: IdentityContext,
  account: StoredAccount,
  { action, ...what }: { readonly action: string; readonly factor: ChangedFactor; readonly change: FactorChange },
  origin: RequestOrigin,
): Promise<void> {
  const now = context.clock.now()
  await context.store.atomically((tx) => record(tx, { accountId: account.id, action, outcome: 'done' }, origin, now))
  tellOwner(context, account, { kind: 'factor_changed', ...what, place: placeOf(origin, now) })
}
