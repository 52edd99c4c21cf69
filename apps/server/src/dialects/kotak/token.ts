import { KotakTokenFault, KotakTokenForm, KotakTokenReply, named } from '@banyan/contracts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { IdentityModule } from '../../modules/identity/index.ts'
import { type Addresses, originOf } from '../api/request-origin.ts'
import { readByHandler } from '../api/route-schema.ts'
import { applicationOf } from './kotak-checks.ts'
import { answerOAuthError, formValues, refuseForm } from './oauth-forms.ts'
import { faultsBeside } from './route-replies.ts'

/** POST /apim/token (kotak.md §5.1): mints a bearer for an application that shows its secret. */
export function addToken(
  app: FastifyInstance,
  parts: { readonly identity: Pick<IdentityModule, 'applications'>; readonly addresses: Addresses },
): void {
  app.post('/token', {
    config: { credential: 'kotakSecret', rateClass: 'kotakApplication', keyRateClass: 'kotakTokenKey' },
    schema: {
      operationId: 'kotakToken',
      summary: 'Mint a bearer; Authorization is the base64 of key:secret, with or without Basic',
      tags: ['kotak'],
      consumes: ['application/x-www-form-urlencoded'],
      body: KotakTokenForm,
      response: {
        ...faultsBeside(named(KotakTokenReply), ['body_too_large', 'unsupported_media_type']),
        400: named(KotakTokenFault),
        401: named(KotakTokenFault),
      },
    },
    validatorCompiler: readByHandler,
    errorHandler: answerOAuthError,
    async handler(request, reply): Promise<KotakTokenReply | FastifyReply> {
      const field = 'grant_type'
      const [grant, ...more] = formValues(request, field)
      if (grant === undefined) return refuseForm(reply, 'invalid_request', { field, reason: 'is required' })
      if (grant !== 'client_credentials' || more.length > 0)
        return refuseForm(reply, 'unsupported_grant_type', { field, reason: 'must be client_credentials' })
      const origin = originOf(request, 'kotak', parts.addresses)
      const { bearer, expiresInS } = await parts.identity.applications.mint(applicationOf(request), origin)
      return { access_token: bearer, scope: 'default', token_type: 'Bearer', expires_in: expiresInS }
    },
  })
}
