import { LoginReply, named, RegisterBody } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { emailAddress, nameOrBlank, newPassword, opaqueText, settingSecret } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { needed, optionalField, readFields } from '../api/fields.ts'
import { answerSignedIn } from '../api/login-body.ts'
import { refuseForeignPages } from '../api/page-origin.ts'
import { responses } from '../api/route-schema.ts'

const body = {
  email: needed(emailAddress),
  password: needed(newPassword),
  name: optionalField(nameOrBlank, null),
  invitation: optionalField(opaqueText, null),
}

/** POST /api/auth/register (stocktrendz.md §4.1). */
export function addRegister(app: FastifyInstance, parts: AccountParts): void {
  app.post('/api/auth/register', {
    config: { credential: 'none', rateClass: 'register' },
    onRequest: refuseForeignPages(parts),
    schema: {
      operationId: 'register',
      summary: 'Make an account and sign in',
      tags: ['sign-in'],
      body: RegisterBody,
      response: responses({ 201: named(LoginReply) }, [
        'invalid_parameter',
        'email_taken',
        'invalid_invitation',
        'cross_site_request',
        'registration_closed',
      ]),
    },
    async handler(request, reply) {
      const given = readFields(request.body, body)
      const work = parts.identity.accounts.register(given, asking(request, parts))
      const signedIn = await settingSecret('password', work)
      reply.code(201)
      return answerSignedIn(request, reply, signedIn, parts)
    },
  })
}
