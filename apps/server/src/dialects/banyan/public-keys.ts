import { JsonWebKeys, named } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { responses } from '../api/route-schema.ts'

/** GET /.well-known/jwks.json (ours): other programs verify this server's tokens with it. A new key is shown before it signs. */
export function addPublicKeys(app: FastifyInstance, { keys }: { readonly keys: () => JsonWebKeys }): void {
  app.get('/.well-known/jwks.json', {
    config: { credential: 'none', rateClass: 'api', cors: 'public' },
    schema: {
      operationId: 'getJsonWebKeys',
      summary: 'Public keys of the tokens this server signs',
      tags: ['server'],
      response: responses({ 200: named(JsonWebKeys) }),
    },
    handler(_request, reply) {
      reply.header('cache-control', 'public, max-age=300').send(keys())
    },
  })
}
