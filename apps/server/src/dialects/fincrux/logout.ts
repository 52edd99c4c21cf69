import { LogoutReply, named } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import type { SessionCaller } from '../../modules/identity/index.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { responses } from '../api/route-schema.ts'
import { clearSessionCookie } from '../api/session-cookie.ts'

/** POST /api/auth/logout (fincrux.md §4.4): good also without a session, so that a browser gets rid of a dead cookie. */
export function addLogout(app: FastifyInstance, parts: AccountParts): void {
  app.post('/api/auth/logout', {
    config: { credential: 'signOut', rateClass: 'api' },
    schema: {
      operationId: 'logout',
      summary: 'End the session',
      tags: ['sign-in'],
      response: responses({ 200: named(LogoutReply) }, [
        'multiple_credentials',
        'wrong_token_kind',
        'invalid_api_key',
        'api_key_expired',
        'api_key_not_allowed',
        'cross_site_request',
      ]),
    },
    async handler(request, reply): Promise<LogoutReply> {
      const caller = request.caller as SessionCaller | null
      const revoked = caller !== null && (await parts.identity.sessions.end(caller, asking(request, parts)))
      clearSessionCookie(request, reply, parts)
      return { revoked }
    },
  })
}
