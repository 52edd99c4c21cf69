import { BanyanError, type EpochMs } from '@banyan/domain'
import type { ApplicationCaller, CredentialsFace, KeyCaller, SessionCaller, TokenKind } from './callers.ts'
import { hashOf, isSame } from './digests.ts'
import type { IdentityContext } from './identity-context.ts'
import type { SessionStanding, StoredApplication } from './identity-store.ts'

/** How exact `last seen` and `last used` are. */
const touchMs = 60_000
/** While the store cannot be asked, what it said last counts for so long (quality bar J5). */
const reuseMs = 5_000
const standingsKept = 10_000

/** Creates the checks of everything that a request can carry. A signature is never enough: each check looks the row up. */
export function createCredentials(
  context: IdentityContext,
): CredentialsFace & { forget(sessionIds: readonly string[]): void } {
  const standings = createStandingReader(context)
  return {
    checkToken: (text, accepted) => checkToken(context, standings, text, accepted),
    checkKey: (text) => checkKey(context, text),
    findApplication: async (key) => toApplicationCaller(await findEnabled(context, key)),
    checkApplicationSecret: (key, secret) => checkApplicationSecret(context, key, secret),
    checkBearer: (bearer, key) => checkBearer(context, bearer, key),
    checkSessionToken: (token, application) => checkSessionToken(context, standings, token, application),
    forget: standings.forget,
  }
}

type StandingReader = ReturnType<typeof createStandingReader>

function createStandingReader({ store, clock, background }: IdentityContext) {
  const seen = new Map<string, { readonly standing: SessionStanding; readonly at: EpochMs }>()
  const touching = new Set<string>()

  function remember(standing: SessionStanding): void {
    seen.delete(standing.id)
    seen.set(standing.id, { standing, at: clock.now() })
    if (seen.size <= standingsKept) return
    const oldest = seen.keys().next()
    if (!oldest.done) seen.delete(oldest.value)
  }

  function touch({ id, lastSeenAt }: SessionStanding): void {
    const now = clock.now()
    if (now - lastSeenAt < touchMs || touching.has(id)) return
    touching.add(id)
    background.run('touch', () => store.atomically((tx) => tx.touchSession(id, now)).finally(() => touching.delete(id)))
  }

  return {
    async read(id: string): Promise<SessionStanding | null> {
      try {
        const standing = await store.reads.findStanding(id)
        if (standing === null) seen.delete(id)
        else {
          remember(standing)
          touch(standing)
        }
        return standing
      } catch (error) {
        const last = seen.get(id)
        const isFresh = last !== undefined && Math.abs(clock.now() - last.at) <= reuseMs
        if (isFresh && error instanceof BanyanError && error.code === 'unavailable') return last.standing
        throw error
      }
    },
    touch,
    forget(ids: readonly string[]): void {
      for (const id of ids) seen.delete(id)
    },
  }
}

async function checkToken(
  context: IdentityContext,
  standings: StandingReader,
  text: string,
  accepted: readonly TokenKind[],
): Promise<SessionCaller> {
  const claims = await context.tokens.verify(text)
  if (!accepted.includes(claims.kind)) throw new BanyanError('wrong_token_kind')
  const standing = claims.sessionId === null ? null : await standings.read(claims.sessionId)
  if (standing === null || standing.applicationId !== claims.applicationId) throw new BanyanError('session_revoked')
  await refuseEnded(context, standing)
  return toSessionCaller(standing, claims.kind)
}

/** A session ends by itself, by being revoked, with its account's lock, and with its application. */
async function refuseEnded({ clock, store }: IdentityContext, standing: SessionStanding): Promise<void> {
  if (standing.endedAt !== null || standing.accountDisabledAt !== null) throw new BanyanError('session_revoked')
  if (standing.expiresAt <= clock.now()) throw new BanyanError('token_expired')
  if (standing.applicationId === null) return
  const application = await store.reads.findApplication({ id: standing.applicationId })
  if (application?.isEnabled !== true) throw new BanyanError('session_revoked')
}

function toSessionCaller(standing: SessionStanding, tokenKind: SessionCaller['tokenKind']): SessionCaller {
  const { id: sessionId, accountId, role, applicationId, clientCode } = standing
  return { kind: 'session', accountId, sessionId, role, tokenKind, applicationId, clientCode }
}

async function checkKey({ store, clock, background }: IdentityContext, text: string): Promise<KeyCaller> {
  const key = await store.reads.findKey(hashOf(text))
  if (key === null || key.accountDisabledAt !== null) throw new BanyanError('invalid_api_key')
  const now = clock.now()
  if (key.expiresAt !== null && key.expiresAt <= now) throw new BanyanError('api_key_expired')
  if (now - (key.lastUsedAt ?? 0) >= touchMs)
    background.run('touch', () => store.atomically((tx) => tx.touchKey(key.id, now)))
  return { kind: 'key', accountId: key.accountId, keyId: key.id, role: key.role, scopes: key.scopes }
}

async function findEnabled({ store }: IdentityContext, consumerKey: string): Promise<StoredApplication> {
  const application = await store.reads.findApplication({ consumerKey })
  if (application?.isEnabled !== true) throw new BanyanError('invalid_application')
  return application
}

async function checkApplicationSecret(
  context: IdentityContext,
  consumerKey: string,
  consumerSecret: string,
): Promise<ApplicationCaller> {
  const application = await findEnabled(context, consumerKey)
  if (!isSame(application.secretHash, hashOf(consumerSecret))) throw new BanyanError('invalid_application')
  return toApplicationCaller(application)
}

async function checkBearer(context: IdentityContext, bearer: string, consumerKey: string): Promise<ApplicationCaller> {
  const [found, application] = await Promise.all([
    context.store.reads.findBearer(hashOf(bearer)),
    findEnabled(context, consumerKey),
  ])
  const isLive = found !== null && found.expiresAt > context.clock.now() && found.applicationId === application.id
  if (!isLive) throw new BanyanError('invalid_application')
  return toApplicationCaller(application)
}

async function checkSessionToken(
  context: IdentityContext,
  standings: StandingReader,
  token: string,
  application: ApplicationCaller,
): Promise<SessionCaller> {
  const standing = await context.store.reads.findStandingByToken(hashOf(token.toUpperCase()))
  if (standing === null || standing.applicationId !== application.applicationId)
    throw new BanyanError('session_revoked')
  await refuseEnded(context, standing)
  standings.touch(standing)
  return toSessionCaller(standing, 'opaque')
}

function toApplicationCaller({ id, consumerKey }: StoredApplication): ApplicationCaller {
  return { kind: 'application', applicationId: id, consumerKey }
}
