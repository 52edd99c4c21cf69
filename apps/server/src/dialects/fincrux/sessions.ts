import { IdParams, named, RevokedReply, Session, SessionsReply } from '@banyan/contracts'
import { formatIst } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { SessionView } from '../../modules/identity/index.ts'
import { idOf, idPath } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { sessionOf } from '../api/api-checks.ts'
import { responses, userErrors } from '../api/route-schema.ts'
import { clearSessionCookie } from '../api/session-cookie.ts'

const config = { credential: 'user', rateClass: 'api' } as const
const tags = ['account']

/** GET and DELETE of /api/auth/sessions and /api/auth/sessions/{id} (fincrux.md §4.5). */
export function addSessions(app: FastifyInstance, parts: AccountParts): void {
  const { sessions } = parts.identity
  app.get('/api/auth/sessions', {
    config,
    schema: {
      operationId: 'listSessions',
      summary: 'Live sessions, latest activity first',
      tags,
      response: responses({ 200: named(SessionsReply) }, userErrors),
    },
    async handler(request): Promise<SessionsReply> {
      return { sessions: (await sessions.list(sessionOf(request))).map(toSession) }
    },
  })
  app.delete('/api/auth/sessions', {
    config,
    schema: {
      operationId: 'revokeOtherSessions',
      summary: 'End all sessions but this one',
      tags,
      response: responses({ 200: named(RevokedReply) }, [...userErrors, 'cross_site_request']),
    },
    async handler(request): Promise<RevokedReply> {
      return { revoked: await sessions.revokeOthers(sessionOf(request), asking(request, parts)) }
    },
  })
  app.get(`/api/auth/sessions/${idPath}`, {
    config,
    schema: {
      operationId: 'getSession',
      summary: 'One session',
      tags,
      params: IdParams,
      response: responses({ 200: named(Session) }, [...userErrors, 'invalid_parameter', 'not_found']),
    },
    async handler(request): Promise<Session> {
      return toSession(await sessions.get(sessionOf(request), idOf(request.params)))
    },
  })
  app.delete(`/api/auth/sessions/${idPath}`, {
    config,
    schema: {
      operationId: 'revokeSession',
      summary: 'End one session, this one included',
      tags,
      params: IdParams,
      response: responses({ 200: named(RevokedReply) }, [
        ...userErrors,
        'cross_site_request',
        'invalid_parameter',
        'not_found',
      ]),
    },
    async handler(request, reply): Promise<RevokedReply> {
      const caller = sessionOf(request)
      const id = idOf(request.params)
      await sessions.revoke(caller, id, asking(request, parts))
      if (id === caller.sessionId) clearSessionCookie(request, reply, parts)
      return { revoked: 1 }
    },
  })
}

function toSession(view: SessionView): Session {
  const { id, current, createdAt, lastSeenAt, expiresAt, address, userAgent, surface, applicationId, deviceFacts } =
    view
  return {
    id,
    current,
    created_at: formatIst(createdAt),
    last_seen_at: formatIst(lastSeenAt),
    expires_at: formatIst(expiresAt),
    ip: address,
    user_agent: userAgent,
    surface,
    application_id: applicationId,
    device: deviceFacts,
  }
}
