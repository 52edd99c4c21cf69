import { LoginReply, named, PasskeyChallengeBody, PasskeyLoginBody, PasskeyOptions } from '@banyan/contracts'
import type { ErrorCode } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import { objectOf, opaqueText } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { needed, optionalField, readFields } from '../api/fields.ts'
import { answerSignedIn } from '../api/login-body.ts'
import { refuseForeignPages } from '../api/page-origin.ts'
import { responses } from '../api/route-schema.ts'

const challenge = optionalField(opaqueText, null)
const loginBody = { ticket: needed(opaqueText), challenge, response: needed(objectOf) }
const always: readonly ErrorCode[] = [
  'invalid_parameter',
  'challenge_expired',
  'wrong_token_kind',
  'invalid_token',
  'cross_site_request',
]

/** POST /api/auth/login/passkey/options and POST /api/auth/login/passkey (ours): as the second step of a login, or instead of a password. */
export function addPasskeyLogin(app: FastifyInstance, parts: AccountParts): void {
  const { signIn } = parts.identity
  app.post('/api/auth/login/passkey/options', {
    config: { credential: 'none', rateClass: 'api' },
    onRequest: refuseForeignPages(parts),
    schema: {
      operationId: 'passkeyLoginOptions',
      summary: 'Options for asking the browser for a passkey',
      tags: ['sign-in'],
      body: PasskeyChallengeBody,
      response: responses({ 200: named(PasskeyOptions) }, always),
    },
    async handler(request): Promise<PasskeyOptions> {
      const given = readFields(request.body, { challenge })
      return signIn.passkeyOptions(given.challenge, asking(request, parts))
    },
  })
  app.post('/api/auth/login/passkey', {
    config: { credential: 'none', rateClass: 'api' },
    onRequest: refuseForeignPages(parts),
    schema: {
      operationId: 'passkeyLogin',
      summary: 'Sign in with a passkey',
      tags: ['sign-in'],
      body: PasskeyLoginBody,
      response: responses({ 200: named(LoginReply) }, [...always, 'invalid_passkey', 'account_disabled']),
    },
    async handler(request, reply) {
      const given = readFields(request.body, loginBody)
      const signedIn = await signIn.withPasskey(given, asking(request, parts))
      return answerSignedIn(request, reply, signedIn, parts)
    },
  })
}
