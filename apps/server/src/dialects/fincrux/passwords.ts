import {
  MessageReply,
  named,
  PasswordChangeBody,
  PasswordChangedReply,
  PasswordForgotBody,
  PasswordResetBody,
} from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { emailAddress, givenPassword, newPassword, opaqueText, settingSecret } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { sessionOf } from '../api/api-checks.ts'
import { needed, readFields } from '../api/fields.ts'
import { responses, userErrors } from '../api/route-schema.ts'

const tags = ['password']

/** POST /api/auth/password, …/forgot and …/reset (fincrux.md §4.6). */
export function addPasswords(app: FastifyInstance, parts: AccountParts): void {
  addChange(app, parts)
  addForgot(app, parts)
  addReset(app, parts)
}

const change = { current_password: needed(givenPassword), new_password: needed(newPassword) }

function addChange(app: FastifyInstance, parts: AccountParts): void {
  app.post('/api/auth/password', {
    config: { credential: 'user', rateClass: 'api' },
    schema: {
      operationId: 'changePassword',
      summary: 'Change the password; all other sessions end',
      tags,
      body: PasswordChangeBody,
      response: responses({ 200: named(PasswordChangedReply) }, [
        ...userErrors,
        'cross_site_request',
        'wrong_password',
        'invalid_parameter',
        'too_many_attempts',
      ]),
    },
    async handler(request): Promise<PasswordChangedReply> {
      const { current_password: current, new_password: next } = readFields(request.body, change)
      const work = parts.identity.passwords.change(sessionOf(request), { current, next }, asking(request, parts))
      const { revokedSessions } = await settingSecret('new_password', work)
      return { revoked_sessions: revokedSessions }
    },
  })
}

const forgot = { email: needed(emailAddress) }

function addForgot(app: FastifyInstance, parts: AccountParts): void {
  app.post('/api/auth/password/forgot', {
    config: { credential: 'none', rateClass: 'forgot' },
    schema: {
      operationId: 'forgotPassword',
      summary: 'Have a link mailed that sets a new password',
      tags,
      body: PasswordForgotBody,
      response: responses({ 202: named(MessageReply) }, ['invalid_parameter', 'mail_not_configured']),
    },
    async handler(request, reply): Promise<MessageReply> {
      const { email } = readFields(request.body, forgot)
      await parts.identity.passwords.forgot(email, asking(request, parts))
      reply.code(202)
      return { message: 'If the address is registered, a link is on its way.' }
    },
  })
}

const reset = { token: needed(opaqueText), new_password: needed(newPassword) }

function addReset(app: FastifyInstance, parts: AccountParts): void {
  app.post('/api/auth/password/reset', {
    config: { credential: 'none', rateClass: 'api' },
    schema: {
      operationId: 'resetPassword',
      summary: 'Set a new password with a mailed link; every session ends',
      tags,
      body: PasswordResetBody,
      response: responses({ 200: named(MessageReply) }, ['invalid_reset_token', 'invalid_parameter']),
    },
    async handler(request): Promise<MessageReply> {
      const { token, new_password: next } = readFields(request.body, reset)
      await settingSecret('new_password', parts.identity.passwords.reset({ token, next }, asking(request, parts)))
      return { message: 'Password changed. Please sign in.' }
    },
  })
}
