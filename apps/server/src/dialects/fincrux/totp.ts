import {
  EnabledReply,
  named,
  PasswordAndCodeBody,
  PasswordBody,
  RecoveryCodesReply,
  TotpCodeBody,
  TotpEnabledReply,
  TotpSecretReply,
} from '@banyan/contracts'
import type { ErrorCode } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import { givenPassword, secondFactorCode, totpCode } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { sessionOf } from '../api/api-checks.ts'
import { needed, readFields } from '../api/fields.ts'
import { responses, userErrors } from '../api/route-schema.ts'

const config = { credential: 'user', rateClass: 'api' } as const
const tags = ['factors']
const always: readonly ErrorCode[] = [...userErrors, 'cross_site_request', 'invalid_parameter', 'too_many_attempts']

const password = { password: needed(givenPassword) }
const code = { code: needed(totpCode) }
const both = { password: needed(givenPassword), code: needed(secondFactorCode) }

/** POST /api/auth/totp/enrol, …/confirm, …/disable and …/recovery-codes (fincrux.md §4.7). */
export function addTotp(app: FastifyInstance, parts: AccountParts): void {
  const { factors } = parts.identity
  app.post('/api/auth/totp/enrol', {
    config,
    schema: {
      operationId: 'enrolTotp',
      summary: 'Get a TOTP secret; it is active once a code of it was confirmed',
      tags,
      body: PasswordBody,
      response: responses({ 200: named(TotpSecretReply) }, [...always, 'wrong_password', 'second_factor_enabled']),
    },
    async handler(request): Promise<TotpSecretReply> {
      const given = readFields(request.body, password)
      const made = await factors.enrolTotp(sessionOf(request), given.password, asking(request, parts))
      return { secret: made.secret, otpauth_uri: made.uri, expires_in: made.expiresInS }
    },
  })
  app.post('/api/auth/totp/confirm', {
    config,
    schema: {
      operationId: 'confirmTotp',
      summary: 'Switch TOTP on and get the recovery codes',
      tags,
      body: TotpCodeBody,
      response: responses({ 200: named(TotpEnabledReply) }, [
        ...always,
        'invalid_second_factor',
        'second_factor_not_enabled',
      ]),
    },
    async handler(request): Promise<TotpEnabledReply> {
      const given = readFields(request.body, code)
      const codes = await factors.confirmTotp(sessionOf(request), given.code, asking(request, parts))
      return { enabled: true, recovery_codes: [...codes] }
    },
  })
  app.post('/api/auth/totp/disable', {
    config,
    schema: {
      operationId: 'disableTotp',
      summary: 'Switch TOTP off and forget its secret and recovery codes',
      tags,
      body: PasswordAndCodeBody,
      response: responses({ 200: named(EnabledReply) }, [
        ...always,
        'wrong_password',
        'invalid_second_factor',
        'second_factor_not_enabled',
      ]),
    },
    async handler(request): Promise<EnabledReply> {
      await factors.disableTotp(sessionOf(request), readFields(request.body, both), asking(request, parts))
      return { enabled: false }
    },
  })
  app.post('/api/auth/totp/recovery-codes', {
    config,
    schema: {
      operationId: 'replaceRecoveryCodes',
      summary: 'Get ten new recovery codes; the old ones die',
      tags,
      body: PasswordAndCodeBody,
      response: responses({ 200: named(RecoveryCodesReply) }, [
        ...always,
        'wrong_password',
        'invalid_second_factor',
        'second_factor_not_enabled',
      ]),
    },
    async handler(request): Promise<RecoveryCodesReply> {
      const given = readFields(request.body, both)
      const codes = await factors.replaceRecoveryCodes(sessionOf(request), given, asking(request, parts))
      return { recovery_codes: [...codes] }
    },
  })
}
