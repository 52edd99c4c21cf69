import { KotakInitHeaders, KotakInitReply, named } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { readByHandler } from '../api/route-schema.ts'
import { type BaseParts, baseOf } from './base-echo.ts'
import { readCall, userid } from './call-fields.ts'
import { faultsBeside } from './route-replies.ts'

const call = { headers: { userid }, members: {} }

/** GET /apim/session/1.0/session/init (kotak.md §5.3): where the client shall go on. It asks nobody about the account. */
export function addInit(app: FastifyInstance, parts: BaseParts): void {
  app.get('/session/1.0/session/init', {
    config: { credential: 'kotakBearer', rateClass: 'kotakInit', keyRateClass: 'kotakInitKey' },
    schema: {
      operationId: 'kotakInit',
      summary: 'First call of a Kotak client: the base it shall use',
      tags: ['kotak'],
      headers: KotakInitHeaders,
      response: faultsBeside(named(KotakInitReply), []),
    },
    validatorCompiler: readByHandler,
    handler(request, reply) {
      const given = readCall(request, call)
      const { host, port } = baseOf(request, parts)
      const body: KotakInitReply = {
        Success: {
          clientType: 'ONLINE',
          encryption: { keySize: 0, publickKey: '', type: 'PLAIN' },
          isNRI: 'N',
          message: '',
          redirect: { host, port },
          service: { host, port },
          status: 'Success',
          userType: 'G',
          userid: given.userid,
        },
      }
      reply.send(body)
    },
  })
}
