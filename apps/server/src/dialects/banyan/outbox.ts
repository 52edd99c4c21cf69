import { named, OutboxQuery, OutboxReply } from '@banyan/contracts'
import { BanyanError, type EpochMs, formatIst } from '@banyan/domain'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { optional, readParameters, wholeNumber } from '../api/parameters.ts'
import { responses } from '../api/route-schema.ts'

/** Mails of the development outbox, newest first. */
export type ListMails = (limit: number) => Promise<
  readonly {
    readonly id: string
    readonly to: string
    readonly subject: string
    readonly text: string
    readonly createdAt: EpochMs
  }[]
>

const query = { limit: optional(wholeNumber(1, 100), 20) }

/** GET /api/outbox (ours), where mails are files: whoever reads them can sign in as anybody, so only this machine may. */
export function addOutbox(app: FastifyInstance, { list }: { readonly list: ListMails }): void {
  app.get('/api/outbox', {
    config: { credential: 'none', rateClass: 'api' },
    onRequest(request, _reply, done) {
      done(isFromThisMachine(request) ? undefined : new BanyanError('not_found'))
    },
    schema: {
      operationId: 'listOutbox',
      summary: 'Mails of the development outbox; on this machine only',
      tags: ['server'],
      querystring: OutboxQuery,
      response: responses({ 200: named(OutboxReply) }, ['invalid_parameter', 'not_found']),
    },
    async handler(request): Promise<OutboxReply> {
      const mails = await list(readParameters(request.query, query).limit)
      return {
        mails: mails.map(({ id, to, subject, text, createdAt }) => ({
          id,
          to,
          subject,
          text,
          created_at: formatIst(createdAt),
        })),
      }
    },
  })
}

/** A proxy on this machine has a loopback address, too; that it is one shows in these fields. */
const proxyFields = ['forwarded', 'x-forwarded-for', 'via']

/**
 * Tells whether a program on this machine asks for this machine by name. The name counts: a page of another site whose own name was made to
 * lead here (DNS rebinding) comes from a browser on this machine, but still asks for its site.
 */
function isFromThisMachine({ headers, raw }: FastifyRequest): boolean {
  const isLoopback = /^(?:::ffff:)?127\.|^::1$/.test(raw.socket.remoteAddress ?? '')
  const isNamedSo = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(headers.host ?? '')
  return isLoopback && isNamedSo && proxyFields.every((field) => headers[field] === undefined)
}
