import { BanyanError, formatIst } from '@banyan/domain'
import { getAccount, viewAccount } from './account-view.ts'
import type { AccountsFace } from './accounts-face.ts'
import type { RequestOrigin, SessionCaller } from './callers.ts'
import { listFactors } from './factors.ts'
import { type IdentityContext, record } from './identity-context.ts'
import { reenterPassword } from './passwords.ts'
import { toSessionView } from './sessions.ts'
import { provenByCode } from './totp-enrolment.ts'

/** Pages of the audit trail read for an export. */
const auditPage = 500

/** Returns everything kept about an account: no hash, secret or token among it. */
export async function exportAccount(
  context: IdentityContext,
  caller: SessionCaller,
  origin: RequestOrigin,
): ReturnType<AccountsFace['export']> {
  const { reads } = context.store
  const now = context.clock.now()
  const account = await getAccount(reads, caller.accountId)
  const [view, factors, sessions, keys, applications] = await Promise.all([
    viewAccount(reads, account),
    listFactors(context, caller),
    reads.listLiveSessions(account.id, now),
    reads.listKeys(account.id, now),
    reads.listApplications(account.id),
  ])
  const exported = { accountId: account.id, action: 'account_exported', outcome: 'done' } as const
  await context.store.atomically((tx) => record(tx, exported, origin, now))
  return {
    exportedAt: formatIst(now),
    account: view,
    lastSignInAt: account.lastSignInAt,
    factors,
    sessions: sessions.map((session) => toSessionView(session, caller)),
    keys: keys.map(({ keyHash: _hash, ...key }) => key),
    applications: applications.map(({ secretHash: _hash, ...application }) => application),
    audit: await readAudit(context, account.id),
  }
}

async function readAudit({ store }: IdentityContext, accountId: number) {
  const events = []
  for (let before: number | null = null; ; ) {
    const page = await store.reads.listAudit(accountId, before, auditPage)
    events.push(...page.map(({ accountId: _account, ...event }) => event))
    before = page.at(-1)?.id ?? null
    if (page.length < auditPage) return events
  }
}

/** Removes the account for good. Throws `wrong_password`, `invalid_second_factor`, `last_owner`. */
export async function removeAccount(
  context: IdentityContext,
  caller: SessionCaller,
  given: { readonly password: string; readonly code: string | null },
  origin: RequestOrigin,
): Promise<readonly string[]> {
  const account = await reenterPassword(context, caller, given.password, origin)
  const { hasTotp } = await context.store.reads.summariseFactors(account.id)
  if (hasTotp && given.code === null) throw new BanyanError('invalid_second_factor')
  if (given.code !== null && hasTotp) await provenByCode(context, account, given.code, origin, async () => undefined)
  const now = context.clock.now()
  return context.store.atomically(async (tx) => {
    await tx.lockAccount(account.id)
    if (account.role === 'owner' && (await tx.countOwners()) === 1) throw new BanyanError('last_owner')
    const ended = await tx.endSessions({ accountId: account.id }, 'account_deleted', now)
    await record(tx, { accountId: account.id, action: 'account_deleted', outcome: 'done' }, origin, now)
    await tx.deleteAccount(account.id)
    return ended
  })
}
