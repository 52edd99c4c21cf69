import { KotakRevokeForm, KotakRevokeReply, KotakTokenFault, named } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import type { IdentityModule } from '../../modules/identity/index.ts'
import { type Addresses, originOf } from '../api/request-origin.ts'
import { readByHandler } from '../api/route-schema.ts'
import { applicationOf } from './kotak-checks.ts'
import { answerOAuthError, formValues, refuseForm } from './oauth-forms.ts'
import { faultsBeside } from './route-replies.ts'

/** POST /apim/revoke (kotak.md §5.2): ends a bearer of the application; the reply never says whether there was one (RFC 7009). */
export function addRevoke(
  app: FastifyInstance,
  parts: { readonly identity: Pick<IdentityModule, 'applications'>; readonly addresses: Addresses },
): void {
  app.post('/revoke', {
    config: { credential: 'kotakSecret', rateClass: 'kotakApplication' },
    schema: {
      operationId: 'kotakRevoke',
      summary: 'End a bearer; Authorization as for /apim/token',
      tags: ['kotak'],
      consumes: ['application/x-www-form-urlencoded'],
      body: KotakRevokeForm,
      response: {
        ...faultsBeside(named(KotakRevokeReply), ['body_too_large', 'unsupported_media_type']),
        400: named(KotakTokenFault),
        401: named(KotakTokenFault),
      },
    },
    validatorCompiler: readByHandler,
    errorHandler: answerOAuthError,
    async handler(request, reply) {
      const field = 'token'
      const [token, ...more] = formValues(request, field)
      if (token === undefined) return refuseForm(reply, 'invalid_request', { field, reason: 'is required' })
      if (more.length > 0) return refuseForm(reply, 'invalid_request', { field, reason: 'must be given once' })
      const origin = originOf(request, 'kotak', parts.addresses)
      await parts.identity.applications.revokeBearer(applicationOf(request), token, origin)
      return {}
    },
  })
}
