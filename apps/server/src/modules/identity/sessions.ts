import { BanyanError } from '@banyan/domain'
import type { RequestOrigin, SessionCaller } from './callers.ts'
import { type IdentityContext, record } from './identity-context.ts'
import type { StoredSession } from './identity-store.ts'
import type { SessionsFace, SessionView } from './sessions-face.ts'

type Which = { readonly id?: string; readonly except?: string }

/** Creates the list of an account's sessions. `forget` hears of every session that ended here. */
export function createSessions(
  context: IdentityContext,
  forget: (sessionIds: readonly string[]) => void,
): SessionsFace {
  const end = async (caller: SessionCaller, which: Which, action: string, origin: RequestOrigin) => {
    const now = context.clock.now()
    const ended = await context.store.atomically(async (tx) => {
      const ids = await tx.endSessions({ accountId: caller.accountId, ...which }, action, now)
      const event = { accountId: caller.accountId, action, outcome: 'done', facts: { sessions: ids.length } } as const
      if (ids.length > 0) await record(tx, event, origin, now)
      return ids
    })
    forget(ended)
    return ended.length
  }
  return {
    async list(caller) {
      const sessions = await context.store.reads.listLiveSessions(caller.accountId, context.clock.now())
      return sessions.map((session) => toSessionView(session, caller))
    },
    get: (caller, id) => getSession(context, caller, id),
    async revoke(caller, id, origin) {
      if ((await end(caller, { id }, 'session_revoked', origin)) === 0) throw new BanyanError('not_found')
    },
    revokeOthers: (caller, origin) => end(caller, { except: caller.sessionId }, 'sessions_revoked', origin),
    async end(caller, origin) {
      return (await end(caller, { id: caller.sessionId }, 'sign_out', origin)) > 0
    },
  }
}

async function getSession({ store, clock }: IdentityContext, caller: SessionCaller, id: string): Promise<SessionView> {
  const session = await store.reads.findSession(id)
  const isTheirs =
    session?.accountId === caller.accountId && session.endedAt === null && session.expiresAt > clock.now()
  if (!isTheirs) throw new BanyanError('not_found')
  return toSessionView(session, caller)
}

export function toSessionView(session: StoredSession, caller: SessionCaller): SessionView {
  const { id, surface, createdAt, lastSeenAt, expiresAt, address, userAgent, applicationId, deviceFacts } = session
  const seen = { surface, createdAt, lastSeenAt, expiresAt, address, userAgent, applicationId, deviceFacts }
  return { id, current: id === caller.sessionId, ...seen }
}
