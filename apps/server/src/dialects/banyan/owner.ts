import { BootstrapBody, InvitationBody, InvitationReply, LoginReply, named } from '@banyan/contracts'
import { formatIst } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import { roles } from '../../modules/identity/index.ts'
import { emailAddress, nameOrBlank, newPassword, opaqueText, settingSecret } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { sessionOf } from '../api/api-checks.ts'
import { needed, optionalField, readFields, wordOf } from '../api/fields.ts'
import { answerSignedIn } from '../api/login-body.ts'
import { refuseForeignPages } from '../api/page-origin.ts'
import { responses, userErrors } from '../api/route-schema.ts'

const bootstrap = {
  token: needed(opaqueText),
  email: needed(emailAddress),
  password: needed(newPassword),
  name: optionalField(nameOrBlank, null),
}
const invitation = { role: optionalField(wordOf(roles), 'member'), email: optionalField(emailAddress, null) }

/** POST /api/auth/bootstrap and POST /api/auth/invitations (ours; quality bar P5): how the owner comes in, and whom the owner lets in. */
export function addOwner(app: FastifyInstance, parts: AccountParts): void {
  const { accounts } = parts.identity
  app.post('/api/auth/bootstrap', {
    config: { credential: 'none', rateClass: 'register' },
    onRequest: refuseForeignPages(parts),
    schema: {
      operationId: 'bootstrap',
      summary: 'Become the owner with the token printed at the first start',
      tags: ['sign-in'],
      body: BootstrapBody,
      response: responses({ 201: named(LoginReply) }, [
        'invalid_parameter',
        'email_taken',
        'invalid_bootstrap_token',
        'cross_site_request',
      ]),
    },
    async handler(request, reply) {
      const given = readFields(request.body, bootstrap)
      const signedIn = await settingSecret('password', accounts.bootstrap(given, asking(request, parts)))
      reply.code(201)
      return answerSignedIn(request, reply, signedIn, parts)
    },
  })
  app.post('/api/auth/invitations', {
    config: { credential: 'user', rateClass: 'api', leastRole: 'owner' },
    schema: {
      operationId: 'createInvitation',
      summary: 'Make a token with which one person may register',
      tags: ['account'],
      body: InvitationBody,
      response: responses({ 201: named(InvitationReply) }, [
        ...userErrors,
        'insufficient_role',
        'cross_site_request',
        'invalid_parameter',
      ]),
    },
    async handler(request, reply): Promise<InvitationReply> {
      const given = readFields(request.body, invitation)
      const { id, token, expiresAt } = await accounts.createInvitation(
        sessionOf(request),
        given,
        asking(request, parts),
      )
      reply.code(201)
      return { id, token, expires_at: formatIst(expiresAt) }
    },
  })
}
