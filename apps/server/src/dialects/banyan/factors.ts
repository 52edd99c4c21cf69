import { EnabledReply, FactorsReply, MpinBody, named, PasswordBody } from '@banyan/contracts'
import { formatIst } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { FactorsView } from '../../modules/identity/index.ts'
import { givenPassword, settingSecret } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { sessionOf } from '../api/api-checks.ts'
import { needed, readFields, textMatching } from '../api/fields.ts'
import { istOrNull } from '../api/ist-or-null.ts'
import { responses, userErrors } from '../api/route-schema.ts'
import { toPasskey } from './passkeys.ts'
import { toSsoLink } from './sso-links.ts'

const config = { credential: 'user', rateClass: 'api' } as const
const tags = ['factors']
const mpinBody = { mpin: needed(textMatching(/^[0-9]{4,6}$/, 'must be 4 to 6 digits as text')) }
const passwordBody = { password: needed(givenPassword) }

/** GET /api/auth/factors, POST and DELETE /api/auth/factors/mpin (ours). A live full login is enough to set an MPIN (quality bar P7). */
export function addFactors(app: FastifyInstance, parts: AccountParts): void {
  const { factors } = parts.identity
  app.get('/api/auth/factors', {
    config,
    schema: {
      operationId: 'listFactors',
      summary: 'What the account can sign in with',
      tags,
      response: responses({ 200: named(FactorsReply) }, userErrors),
    },
    async handler(request): Promise<FactorsReply> {
      return toFactors(await factors.list(sessionOf(request)))
    },
  })
  app.post('/api/auth/factors/mpin', {
    config,
    schema: {
      operationId: 'setMpin',
      summary: 'Set the MPIN of the Synapsewave sign-in',
      tags,
      body: MpinBody,
      response: responses({ 200: named(EnabledReply) }, [...userErrors, 'cross_site_request', 'invalid_parameter']),
    },
    async handler(request): Promise<EnabledReply> {
      const { mpin } = readFields(request.body, mpinBody)
      await settingSecret('mpin', factors.setMpin(sessionOf(request), { mpin, udid: null }, asking(request, parts)))
      return { enabled: true }
    },
  })
  app.delete('/api/auth/factors/mpin', {
    config,
    schema: {
      operationId: 'removeMpin',
      summary: 'Remove the MPIN',
      tags,
      body: PasswordBody,
      response: responses({ 200: named(EnabledReply) }, [
        ...userErrors,
        'cross_site_request',
        'wrong_password',
        'invalid_parameter',
        'too_many_attempts',
      ]),
    },
    async handler(request): Promise<EnabledReply> {
      const { password } = readFields(request.body, passwordBody)
      await factors.removeMpin(sessionOf(request), password, asking(request, parts))
      return { enabled: false }
    },
  })
}

function toFactors({ password, totp, mpin, otp, devices, passkeys, ssoLinks }: FactorsView): FactorsReply {
  return {
    password: { enabled: password.isSet, changed_at: istOrNull(password.changedAt) },
    totp: { enabled: totp.isEnabled, recovery_codes_left: totp.recoveryCodesLeft },
    mpin: { enabled: mpin.isSet },
    otp: { channel: otp.channel, beside_totp: otp.besideTotp },
    devices: devices.map(({ id, label, isTrusted, registeredAt, lastUsedAt }) => ({
      id,
      label,
      trusted: isTrusted,
      registered_at: formatIst(registeredAt),
      last_used_at: istOrNull(lastUsedAt),
    })),
    passkeys: passkeys.map(toPasskey),
    sso_links: ssoLinks.map(toSsoLink),
  }
}
