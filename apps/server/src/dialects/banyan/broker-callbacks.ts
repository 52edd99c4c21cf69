import { BanyanError } from '@banyan/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { responses } from '../api/route-schema.ts'
import type { BrokersParts } from './brokers.ts'

const config = { credential: 'none', rateClass: 'api' } as const
const schema = (operationId: string) => ({
  operationId,
  summary: 'Where a broker sends the browser after signing in',
  tags: ['brokers'],
  response: responses({ 303: Type.Null({ description: 'To the page that claims the code.' }) }),
})

/**
 * GET /api/brokers/zerodha/callback, GET and POST /api/brokers/icici/callback (upstreams.md §2.2, §3.1). The one-time code is kept for a minute in
 * memory, and the browser is sent on at once to an address of ours that does not have it.
 */
export function addBrokerCallbacks(app: FastifyInstance, { brokerSessions }: BrokersParts): void {
  const answer = (reply: FastifyReply, broker: 'zerodha' | 'icici', fields: URLSearchParams) => {
    const outcome = new URLSearchParams({ ...brokerSessions.receiveRedirect(broker, fields) })
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
    return reply.code(303).header('location', `/portfolio/connect/${broker}#${outcome}`).send()
  }
  for (const [broker, operationId] of [
    ['zerodha', 'returnFromZerodha'],
    ['icici', 'returnFromIcici'],
  ] as const)
    app.get(`/api/brokers/${broker}/callback`, {
      config,
      schema: schema(operationId),
      handler: (request, reply) => answer(reply, broker, queryOf(request)),
    })
  void app.register(async (scope) => {
    acceptForms(scope)
    scope.post('/api/brokers/icici/callback', {
      config,
      schema: schema('returnFromIciciByForm'),
      handler: (request, reply) => answer(reply, 'icici', formOf(request)),
    })
  })
}

function queryOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(request.url.split('?')[1] ?? '')
}

function formOf({ body }: FastifyRequest): URLSearchParams {
  return body instanceof URLSearchParams ? body : new URLSearchParams()
}

/** The broker's page posts a form across sites; nothing else is taken. */
function acceptForms(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)))
  })
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(body.length === 0 ? null : new BanyanError('unsupported_media_type'), undefined)
  })
}
