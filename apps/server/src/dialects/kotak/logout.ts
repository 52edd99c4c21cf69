import { KotakLogoutHeaders, KotakLogoutReply, named } from '@banyan/contracts'
import { BanyanError } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { IdentityModule } from '../../modules/identity/index.ts'
import { type Addresses, originOf } from '../api/request-origin.ts'
import { readByHandler } from '../api/route-schema.ts'
import { anyCaseToken, readCall, userid } from './call-fields.ts'
import { applicationOf } from './kotak-checks.ts'
import { faultsBeside } from './route-replies.ts'

const call = { headers: { sessionToken: anyCaseToken, userid }, members: {} }

/** DELETE /apim/session/1.0/session/logout (kotak.md §5.7): ends the session once; a repeated call finds none. */
export function addLogout(
  app: FastifyInstance,
  parts: { readonly identity: Pick<IdentityModule, 'credentials' | 'sessions'>; readonly addresses: Addresses },
): void {
  const { credentials, sessions } = parts.identity
  app.delete('/session/1.0/session/logout', {
    config: { credential: 'kotakBearer', rateClass: 'kotakLogout' },
    schema: {
      operationId: 'kotakLogout',
      summary: 'End the session',
      tags: ['kotak'],
      headers: KotakLogoutHeaders,
      response: faultsBeside(named(KotakLogoutReply), ['session_revoked']),
    },
    validatorCompiler: readByHandler,
    async handler(request): Promise<KotakLogoutReply> {
      const given = readCall(request, call)
      const caller = await credentials.checkSessionToken(given.sessionToken, applicationOf(request))
      if (caller.clientCode !== given.userid) throw new BanyanError('session_revoked')
      const isEnded = await sessions.end(caller, originOf(request, 'kotak', parts.addresses))
      if (!isEnded) throw new BanyanError('session_revoked')
      return { Success: { message: 'Logout Successful.' } }
    },
  })
}
