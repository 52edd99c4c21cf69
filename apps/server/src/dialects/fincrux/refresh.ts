import { named, RefreshBody, RefreshReply } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { opaqueText } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { needed, readFields } from '../api/fields.ts'
import { toTokens } from '../api/login-body.ts'
import { refuseForeignPages } from '../api/page-origin.ts'
import { responses } from '../api/route-schema.ts'
import { setCookies } from '../api/session-cookie.ts'

const body = { refresh: needed(opaqueText) }

/** POST /api/auth/refresh (fincrux.md §4.3). */
export function addRefresh(app: FastifyInstance, parts: AccountParts): void {
  app.post('/api/auth/refresh', {
    config: { credential: 'none', rateClass: 'api' },
    onRequest: refuseForeignPages(parts),
    schema: {
      operationId: 'refreshTokens',
      summary: 'Spend the refresh token for the next three tokens',
      tags: ['sign-in'],
      body: RefreshBody,
      response: responses({ 200: named(RefreshReply) }, [
        'invalid_parameter',
        'refresh_reused',
        'token_expired',
        'session_revoked',
        'wrong_token_kind',
        'invalid_token',
        'cross_site_request',
      ]),
    },
    async handler(request, reply): Promise<RefreshReply> {
      const { refresh } = readFields(request.body, body)
      const tokens = await parts.identity.signIn.refresh(refresh, asking(request, parts))
      setCookies(request, reply, parts, { session: tokens.session, deviceToken: null })
      return toTokens(tokens)
    },
  })
}
