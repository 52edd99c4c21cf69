import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { IdentityModule, RequestOrigin } from '../../modules/identity/index.ts'
import type { SiteParts } from './page-origin.ts'
import { originOf } from './request-origin.ts'
import { readByHandler } from './route-schema.ts'
import { deviceTokenOf } from './session-cookie.ts'

/** What routes about accounts ask. */
export interface AccountParts extends SiteParts {
  readonly identity: IdentityModule
}

/** Registers routes about accounts in a scope of their own: nothing between client and server keeps their answers, and handlers check bodies. */
export function addAccountRoutes(app: FastifyInstance, add: (scope: FastifyInstance) => void): void {
  void app.register(async (scope) => {
    scope.setValidatorCompiler(readByHandler)
    scope.addHook('onRequest', (_request, reply, done) => {
      reply.header('cache-control', 'no-store')
      done()
    })
    add(scope)
  })
}

/** Returns who asks, with the device token of a browser that signed in before. */
export function asking(request: FastifyRequest, { addresses }: SiteParts): RequestOrigin {
  return originOf(request, 'api', addresses, deviceTokenOf(request, addresses))
}
