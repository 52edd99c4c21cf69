import { LoginBody, LoginRefusal, LoginReply, named } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { givenPassword, namedEmail } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { needed, readFields } from '../api/fields.ts'
import { answerSecondFactorNeeded, answerSignedIn } from '../api/login-body.ts'
import { refuseForeignPages } from '../api/page-origin.ts'
import { responses } from '../api/route-schema.ts'

const body = { email: needed(namedEmail), password: needed(givenPassword) }

/** POST /api/auth/login (stocktrendz.md §4.2, fincrux.md §4.1). */
export function addLogin(app: FastifyInstance, parts: AccountParts): void {
  app.post('/api/auth/login', {
    config: { credential: 'none', rateClass: 'api' },
    onRequest: refuseForeignPages(parts),
    schema: {
      operationId: 'login',
      summary: 'Sign in with e-mail address and password',
      tags: ['sign-in'],
      body: LoginBody,
      response: responses({ 200: named(LoginReply), 401: named(LoginRefusal) }, [
        'invalid_parameter',
        'account_disabled',
        'cross_site_request',
        'too_many_attempts',
      ]),
    },
    async handler(request, reply) {
      const given = readFields(request.body, body)
      const outcome = await parts.identity.signIn.withPassword(given, asking(request, parts))
      if ('needed' in outcome) return answerSecondFactorNeeded(request, reply, outcome.needed)
      return answerSignedIn(request, reply, outcome.signedIn, parts)
    },
  })
}
