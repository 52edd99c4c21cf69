import { DeletedReply, IdParams, named, Passkey, PasskeyBody, PasskeyOptions, PasswordBody } from '@banyan/contracts'
import { type ErrorCode, formatIst } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { PasskeyView } from '../../modules/identity/index.ts'
import { givenPassword, idOf, idPath, objectOf, opaqueText } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { sessionOf } from '../api/api-checks.ts'
import { nameOf, needed, readFields } from '../api/fields.ts'
import { istOrNull } from '../api/ist-or-null.ts'
import { responses, userErrors } from '../api/route-schema.ts'

const config = { credential: 'user', rateClass: 'api' } as const
const tags = ['factors']
const always: readonly ErrorCode[] = [...userErrors, 'cross_site_request', 'invalid_parameter']
const passwordBody = { password: needed(givenPassword) }
const passkeyBody = { ticket: needed(opaqueText), name: needed(nameOf(60)), response: needed(objectOf) }

/** POST /api/auth/factors/passkeys/options, POST /api/auth/factors/passkeys and DELETE …/{id} (ours; WebAuthn Level 3 §7.1). */
export function addPasskeys(app: FastifyInstance, parts: AccountParts): void {
  const { factors } = parts.identity
  app.post('/api/auth/factors/passkeys/options', {
    config,
    schema: {
      operationId: 'passkeyOptions',
      summary: 'Options for making a passkey in the browser',
      tags,
      body: PasswordBody,
      response: responses({ 200: named(PasskeyOptions) }, [...always, 'wrong_password', 'too_many_attempts']),
    },
    async handler(request): Promise<PasskeyOptions> {
      const { password } = readFields(request.body, passwordBody)
      return factors.passkeyOptions(sessionOf(request), password, asking(request, parts))
    },
  })
  app.post('/api/auth/factors/passkeys', {
    config,
    schema: {
      operationId: 'addPasskey',
      summary: 'Register the passkey the browser made',
      tags,
      body: PasskeyBody,
      response: responses({ 201: named(Passkey) }, [...always, 'challenge_expired', 'invalid_passkey']),
    },
    async handler(request, reply): Promise<Passkey> {
      const given = readFields(request.body, passkeyBody)
      const added = await factors.addPasskey(sessionOf(request), given, asking(request, parts))
      reply.code(201)
      return toPasskey(added)
    },
  })
  app.delete(`/api/auth/factors/passkeys/${idPath}`, {
    config,
    schema: {
      operationId: 'deletePasskey',
      summary: 'Remove a passkey',
      tags,
      params: IdParams,
      body: PasswordBody,
      response: responses({ 200: named(DeletedReply) }, [
        ...always,
        'wrong_password',
        'not_found',
        'too_many_attempts',
      ]),
    },
    async handler(request): Promise<DeletedReply> {
      const { password } = readFields(request.body, passwordBody)
      await factors.removePasskey(sessionOf(request), { id: idOf(request.params), password }, asking(request, parts))
      return { deleted: true }
    },
  })
}

export function toPasskey({ id, name, createdAt, lastUsedAt }: PasskeyView): Passkey {
  return { id, name, created_at: formatIst(createdAt), last_used_at: istOrNull(lastUsedAt) }
}
