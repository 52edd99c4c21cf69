import { BanyanError } from '@banyan/domain'
import type { AccountView } from './account.ts'
import { toAccountView, viewAccount } from './account-view.ts'
import type { AdministrationFace } from './accounts-face.ts'
import type { RequestOrigin } from './callers.ts'
import { secondRun } from './guessing.ts'
import { clearLocks, type IdentityContext, record, subjectOf } from './identity-context.ts'
import type { IdentityTransaction, StoredAccount } from './identity-store.ts'
import { foldClientCode, foldEmail } from './names.ts'
import { hashFirst, insertAccount } from './new-account.ts'
import { issueBootstrapToken, issueInvitation } from './registration.ts'

const commandLine: RequestOrigin = {
  surface: 'command',
  address: 'local',
  userAgent: null,
  requestId: 'command',
  deviceToken: null,
}

type Forget = (sessionIds: readonly string[]) => void

/** Creates what only somebody with a shell on the machine may do. */
export function createAdministration(context: IdentityContext, forget: Forget): AdministrationFace {
  const { store, clock } = context
  const change = (name: string, action: string, work: Parameters<typeof changeAccount>[3]) =>
    changeAccount(context, name, action, work)
  return {
    async create({ email, password, name, role }) {
      const person = { email: foldEmail(email), password, name }
      const passwordHash = await hashFirst(context, person)
      return store.atomically(async (tx) => {
        const account = await insertAccount(context, tx, { email: person.email, name, role, passwordHash })
        await recordCommand(tx, account, 'registered', clock.now(), { role })
        return viewAccount(tx, account)
      })
    },
    async list() {
      const accounts = await store.reads.listAccounts()
      return Promise.all(
        accounts.map(async (account) => ({
          ...toAccountView(account, await store.reads.summariseFactors(account.id)),
          isLocked: account.disabledAt !== null,
          lastSignInAt: account.lastSignInAt,
        })),
      )
    },
    lock: (name) =>
      change(name, 'account_locked', async (tx, account) => {
        const now = clock.now()
        await tx.updateAccount(account.id, { disabledAt: now })
        forget(await tx.endSessions({ accountId: account.id }, 'account_locked', now))
      }),
    unlock: (name) =>
      change(name, 'account_unlocked', async (tx, account) => {
        await tx.updateAccount(account.id, { disabledAt: null })
        await clearLocks(context, tx, account)
        await tx.clearGuesses([secondRun(subjectOf(context, account, account.email).key).bucket])
      }),
    resetFactors: (name) => change(name, 'factors_reset', (tx, account) => resetFactors(context, tx, account, forget)),
    setRole: (name, role) =>
      change(name, 'role_changed', async (tx, account) => {
        const isLastOwner = account.role === 'owner' && role !== 'owner' && (await tx.countOwners()) === 1
        if (isLastOwner) throw new BanyanError('last_owner')
        await tx.updateAccount(account.id, { role })
        forget(await tx.endSessions({ accountId: account.id }, 'role_changed', clock.now()))
      }),
    async invite(role) {
      return (await issueInvitation(context, { role, email: null }, null, commandLine)).token
    },
    issueBootstrapToken: () => issueBootstrapToken(context),
  }
}

/** Everything but the password: what is left of an account whose owner lost phone and codes. */
async function resetFactors(
  context: IdentityContext,
  tx: IdentityTransaction,
  account: StoredAccount,
  forget: Forget,
): Promise<void> {
  await tx.deleteTotp(account.id)
  await tx.replaceRecoveryCodes(account.id, [])
  await tx.deletePasskeys(account.id)
  await tx.deleteSsoLinks(account.id)
  await tx.deleteDevices(account.id)
  await tx.deleteDeviceTokens(account.id)
  await tx.updateAccount(account.id, { mpinHash: null })
  await clearLocks(context, tx, account)
  await tx.clearGuesses([secondRun(subjectOf(context, account, account.email).key).bucket])
  forget(await tx.endSessions({ accountId: account.id }, 'factors_reset', context.clock.now()))
}

async function changeAccount(
  { store, clock }: IdentityContext,
  name: string,
  action: string,
  work: (tx: IdentityTransaction, account: StoredAccount) => Promise<void>,
): Promise<AccountView> {
  return store.atomically(async (tx) => {
    const by = name.includes('@') ? { email: foldEmail(name) } : { clientCode: foldClientCode(name) }
    const found = await tx.findAccount(by)
    const account = found === null ? null : await tx.lockAccount(found.id)
    if (account === null) throw new BanyanError('not_found', { message: 'No account has this e-mail or client code.' })
    await work(tx, account)
    await recordCommand(tx, account, action, clock.now())
    const after = await tx.findAccount({ id: account.id })
    return viewAccount(tx, after ?? account)
  })
}

async function recordCommand(
  tx: IdentityTransaction,
  { id }: StoredAccount,
  action: string,
  at: number,
  facts: Readonly<Record<string, string>> = {},
): Promise<void> {
  await record(tx, { accountId: id, action, outcome: 'done', facts }, commandLine, at)
}
