import { LoginReply, named, VerifyBody } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { opaqueText, secondFactorCode } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { needed, readFields } from '../api/fields.ts'
import { answerSignedIn } from '../api/login-body.ts'
import { refuseForeignPages } from '../api/page-origin.ts'
import { responses } from '../api/route-schema.ts'

const body = { challenge: needed(opaqueText), code: needed(secondFactorCode) }

/** POST /api/auth/login/verify (fincrux.md §4.2). */
export function addVerify(app: FastifyInstance, parts: AccountParts): void {
  app.post('/api/auth/login/verify', {
    config: { credential: 'none', rateClass: 'api' },
    onRequest: refuseForeignPages(parts),
    schema: {
      operationId: 'verifyLogin',
      summary: 'Second step of a login: TOTP or a recovery code',
      tags: ['sign-in'],
      body: VerifyBody,
      response: responses({ 200: named(LoginReply) }, [
        'invalid_parameter',
        'invalid_second_factor',
        'challenge_expired',
        'wrong_token_kind',
        'invalid_token',
        'cross_site_request',
        'too_many_attempts',
      ]),
    },
    async handler(request, reply) {
      const given = readFields(request.body, body)
      const signedIn = await parts.identity.signIn.withCode(given, asking(request, parts))
      return answerSignedIn(request, reply, signedIn, parts)
    },
  })
}
