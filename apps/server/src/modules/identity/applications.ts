import { BanyanError, dayMs, type EpochMs } from '@banyan/domain'
import type { ApplicationCaller, RequestOrigin, SessionCaller } from './callers.ts'
import { hashOf, randomHex, randomId, randomToken } from './digests.ts'
import { type IdentityContext, record } from './identity-context.ts'
import type { IdentityTransaction, StoredApplication } from './identity-store.ts'
import type { ApplicationsFace, ApplicationView, NewApplication } from './programs-face.ts'

const applicationsPerAccount = 20
const mintedS = 86_400
const mintedKept = 5

/** Creates the applications of accounts. `forget` hears of the sessions that end with one. */
export function createApplications(
  context: IdentityContext,
  forget: (sessionIds: readonly string[]) => void,
): ApplicationsFace {
  const { store, clock } = context
  return {
    create: (caller, given, origin) => createApplication(context, caller, given, origin),
    async list(caller) {
      const applications = await store.reads.listApplications(caller.accountId)
      return Promise.all(applications.map((application) => toView(context, application)))
    },
    async update(caller, id, { isEnabled, noAccessCode }, origin) {
      const application = await getOwn(context, caller, id)
      await store.atomically(async (tx) => {
        if (isEnabled !== undefined) await tx.updateApplication(id, { isEnabled })
        if (noAccessCode !== undefined) await tx.setNoAccessCode(id, caller.accountId, noAccessCode)
        const facts = {
          application: id,
          ...(isEnabled === undefined ? {} : { isEnabled }),
          ...(noAccessCode === undefined ? {} : { noAccessCode }),
        }
        await recordOwn(tx, caller, 'application_changed', facts, origin, clock.now())
      })
      return toView(context, { ...application, isEnabled: isEnabled ?? application.isEnabled })
    },
    async remove(caller, id, origin) {
      const now = clock.now()
      const ended = await store.atomically(async (tx) => {
        const sessions = await tx.deleteApplication(caller.accountId, id, now)
        if (sessions === null) throw new BanyanError('not_found')
        await recordOwn(tx, caller, 'application_removed', { application: id }, origin, now)
        return sessions
      })
      forget(ended)
    },
    async createToken(caller, id, days, origin) {
      await getOwn(context, caller, id)
      const now = clock.now()
      const accessToken = randomHex(16)
      const expiresAt = now + days * dayMs
      await store.atomically(async (tx) => {
        await tx.insertBearer({
          tokenHash: hashOf(accessToken),
          applicationId: id,
          kind: 'shown',
          createdAt: now,
          expiresAt,
        })
        await recordOwn(tx, caller, 'application_token_created', { application: id, days }, origin, now)
      })
      return { accessToken, expiresAt }
    },
    mint: (application) => mintBearer(context, application),
    revokeBearer: ({ applicationId }, bearer) =>
      store.atomically((tx) => tx.deleteBearer(applicationId, hashOf(bearer))),
  }
}

async function createApplication(
  context: IdentityContext,
  caller: SessionCaller,
  { name, accessTokenDays }: { readonly name: string; readonly accessTokenDays: number },
  origin: RequestOrigin,
): Promise<NewApplication> {
  const { store, clock } = context
  const now = clock.now()
  const [id, consumerKey, consumerSecret, accessToken] = [
    randomId('app_'),
    randomToken(18),
    randomToken(32),
    randomHex(16),
  ]
  const accessTokenExpiresAt = now + accessTokenDays * dayMs
  const stored = {
    id,
    accountId: caller.accountId,
    name,
    consumerKey,
    secretHash: hashOf(consumerSecret),
    isEnabled: true,
    createdAt: now,
    lastUsedAt: null,
  }
  await store.atomically(async (tx) => {
    await tx.lockAccount(caller.accountId)
    const existing = await tx.listApplications(caller.accountId)
    if (existing.length >= applicationsPerAccount) throw new BanyanError('application_limit_reached')
    await tx.insertApplication(stored)
    const bearer = { tokenHash: hashOf(accessToken), applicationId: id, kind: 'shown', createdAt: now } as const
    await tx.insertBearer({ ...bearer, expiresAt: accessTokenExpiresAt })
    await recordOwn(tx, caller, 'application_created', { application: id }, origin, now)
  })
  return { ...(await toView(context, stored)), consumerSecret, accessToken, accessTokenExpiresAt }
}

async function mintBearer({ store, clock }: IdentityContext, { applicationId }: ApplicationCaller) {
  const now = clock.now()
  const bearer = randomHex(16)
  const expiresAt = now + mintedS * 1000
  await store.atomically(async (tx) => {
    await tx.insertBearer({ tokenHash: hashOf(bearer), applicationId, kind: 'minted', createdAt: now, expiresAt })
    await tx.trimMintedBearers(applicationId, mintedKept, now)
    await tx.updateApplication(applicationId, { lastUsedAt: now })
  })
  return { bearer, expiresInS: mintedS }
}

async function getOwn({ store }: IdentityContext, caller: SessionCaller, id: string): Promise<StoredApplication> {
  const application = await store.reads.findApplication({ id })
  if (application?.accountId !== caller.accountId) throw new BanyanError('not_found')
  return application
}

async function toView({ store, clock }: IdentityContext, application: StoredApplication): Promise<ApplicationView> {
  const { id, accountId, name, consumerKey, isEnabled, createdAt, lastUsedAt } = application
  const [liveTokens, noAccessCode] = await Promise.all([
    store.reads.countLiveBearers(id, clock.now()),
    store.reads.hasNoAccessCode(id, accountId),
  ])
  return { id, name, consumerKey, isEnabled, noAccessCode, createdAt, lastUsedAt, liveTokens }
}

async function recordOwn(
  tx: IdentityTransaction,
  caller: SessionCaller,
  action: string,
  facts: Readonly<Record<string, string | number | boolean>>,
  origin: RequestOrigin,
  at: EpochMs,
): Promise<void> {
  await record(tx, { accountId: caller.accountId, action, outcome: 'done', facts }, origin, at)
}
