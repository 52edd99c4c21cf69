import { AuditQuery, AuditReply, named } from '@banyan/contracts'
import { formatIst } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { AuditEvent } from '../../modules/identity/index.ts'
import type { AccountParts } from '../api/account-parts.ts'
import { sessionOf } from '../api/api-checks.ts'
import { optional, readParameters, wholeNumber } from '../api/parameters.ts'
import { responses, userErrors } from '../api/route-schema.ts'

const query = {
  before: optional(wholeNumber(1, Number.MAX_SAFE_INTEGER), null),
  limit: optional(wholeNumber(1, 200), 50),
}

/** GET /api/audit (ours). */
export function addAudit(app: FastifyInstance, parts: AccountParts): void {
  app.get('/api/audit', {
    config: { credential: 'user', rateClass: 'api' },
    schema: {
      operationId: 'listAudit',
      summary: 'What happened to the account, newest first',
      tags: ['account'],
      querystring: AuditQuery,
      response: responses({ 200: named(AuditReply) }, [...userErrors, 'invalid_parameter']),
    },
    async handler(request): Promise<AuditReply> {
      const page = readParameters(request.query, query)
      const { events, nextBefore } = await parts.identity.audit.list(sessionOf(request), page)
      return { events: events.map(toEvent), next_before: nextBefore }
    },
  })
}

function toEvent(event: AuditEvent): AuditReply['events'][number] {
  const { id, at, action, outcome, surface, address, userAgent, requestId, facts } = event
  const place = { surface, ip: address, user_agent: userAgent, request_id: requestId }
  return { id, at: formatIst(at), action, outcome, ...place, facts: { ...facts } }
}
