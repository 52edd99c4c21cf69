import { MeReply, named } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import type { AccountParts } from '../api/account-parts.ts'
import { sessionOf } from '../api/api-checks.ts'
import { toMe } from '../api/login-body.ts'
import { ownOrigin } from '../api/page-origin.ts'
import { responses, userErrors } from '../api/route-schema.ts'

/** GET /api/auth/me (fincrux.md §4.4). */
export function addMe(app: FastifyInstance, parts: AccountParts): void {
  app.get('/api/auth/me', {
    config: { credential: 'user', rateClass: 'api' },
    schema: {
      operationId: 'getMe',
      summary: 'The account that is signed in',
      tags: ['account'],
      response: responses({ 200: named(MeReply) }, userErrors),
    },
    async handler(request): Promise<MeReply> {
      const { accountId, sessionId } = sessionOf(request)
      return toMe(await parts.identity.accounts.view(accountId), sessionId, ownOrigin(request, parts))
    },
  })
}
