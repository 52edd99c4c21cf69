import { CodeSentReply, MePatchBody, MeReply, named } from '@banyan/contracts'
import { BanyanError } from '@banyan/domain'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { emailAddress, givenPassword, totpCode } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { sessionOf } from '../api/api-checks.ts'
import { flagOf, nameOf, needed, optionalField, orNull, readFields, textMatching, wordOf } from '../api/fields.ts'
import { toMe } from '../api/login-body.ts'
import { ownOrigin } from '../api/page-origin.ts'
import { responses, userErrors } from '../api/route-schema.ts'

const profile = {
  name: optionalField(orNull(nameOf(80)), undefined),
  mobile: optionalField(
    orNull(textMatching(/^\+[1-9][0-9]{6,14}$/, 'must be E.164, such as +919876543210, or null')),
    undefined,
  ),
  otp_channel: optionalField(wordOf(['email', 'sms']), undefined),
  otp_beside_totp: optionalField(flagOf, undefined),
  password: optionalField(givenPassword, null),
}
const newAddress = {
  email: needed(emailAddress),
  password: needed(givenPassword),
  code: optionalField(totpCode, null),
}

/**
 * PATCH /api/auth/me (ours). The address changes in two calls, since the new one must be shown to be the owner's: with the password, which
 * mails it a code; then with password and code.
 */
export function addProfile(app: FastifyInstance, parts: AccountParts): void {
  app.patch('/api/auth/me', {
    config: { credential: 'user', rateClass: 'api', leastRole: 'member' },
    schema: {
      operationId: 'changeMe',
      summary: 'Change name, mobile number, where codes go, or the e-mail address',
      tags: ['account'],
      body: MePatchBody,
      response: responses({ 200: named(MeReply), 202: named(CodeSentReply) }, [
        ...userErrors,
        'insufficient_role',
        'cross_site_request',
        'wrong_password',
        'invalid_parameter',
        'invalid_code',
        'code_expired',
        'email_taken',
        'too_many_attempts',
        'mail_not_configured',
      ]),
    },
    async handler(request, reply): Promise<MeReply | CodeSentReply> {
      const changed = hasMember(request.body, 'email')
        ? await changeAddress(request, parts)
        : await changeProfile(request, parts)
      if ('expiresInS' in changed) {
        reply.code(202)
        return { expires_in: changed.expiresInS }
      }
      return toMe(changed, sessionOf(request).sessionId, ownOrigin(request, parts))
    },
  })
}

function hasMember(body: unknown, name: string): boolean {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name)
}

function changeAddress(request: FastifyRequest, parts: AccountParts) {
  const { email, password, code } = readFields(request.body, newAddress)
  refuseBeside(request.body)
  const { accounts } = parts.identity
  const [caller, origin] = [sessionOf(request), asking(request, parts)]
  return code === null
    ? accounts.requestEmailChange(caller, { email, password }, origin)
    : accounts.confirmEmailChange(caller, { email, password, code }, origin)
}

/** Half a change would be done when the address's code is wrong. */
function refuseBeside(body: unknown): void {
  const beside = Object.keys(profile).filter((field) => field !== 'password' && hasMember(body, field))
  const details = beside.map((field) => ({ field, reason: 'cannot change in the same call as email' }))
  if (details.length > 0) throw new BanyanError('invalid_parameter', { details })
}

function changeProfile(request: FastifyRequest, parts: AccountParts) {
  const given = readFields(request.body, profile)
  const { name, mobile, otp_channel: otpChannel, otp_beside_totp: otpBesideTotp, password } = given
  const changes = {
    ...(name === undefined ? {} : { name }),
    ...(mobile === undefined ? {} : { mobile }),
    ...(otpChannel === undefined ? {} : { otpChannel }),
    ...(otpBesideTotp === undefined ? {} : { otpBesideTotp }),
  }
  if (Object.keys(changes).length === 0)
    throw new BanyanError('invalid_parameter', {
      details: [{ field: 'name', reason: 'or another member of the profile is required' }],
    })
  return parts.identity.accounts.update(sessionOf(request), { changes, password }, asking(request, parts))
}
