import { DeletedReply, IdParams, named, PasswordBody, TrustedReply } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { givenPassword, idOf, idPath } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { sessionOf } from '../api/api-checks.ts'
import { needed, readFields } from '../api/fields.ts'
import { responses, userErrors } from '../api/route-schema.ts'

const config = { credential: 'user', rateClass: 'api' } as const
const tags = ['factors']
const body = { password: needed(givenPassword) }

/** POST /api/auth/factors/devices/{id}/trust and DELETE /api/auth/factors/devices/{id} (ours). */
export function addDevices(app: FastifyInstance, parts: AccountParts): void {
  const { factors } = parts.identity
  app.post(`/api/auth/factors/devices/${idPath}/trust`, {
    config,
    schema: {
      operationId: 'trustDevice',
      summary: 'Let a registered device count as a factor',
      tags,
      params: IdParams,
      body: PasswordBody,
      response: responses({ 200: named(TrustedReply) }, [
        ...userErrors,
        'cross_site_request',
        'wrong_password',
        'invalid_parameter',
        'not_found',
        'too_many_attempts',
      ]),
    },
    async handler(request): Promise<TrustedReply> {
      const { password } = readFields(request.body, body)
      await factors.trustDevice(sessionOf(request), { id: idOf(request.params), password }, asking(request, parts))
      return { trusted: true }
    },
  })
  app.delete(`/api/auth/factors/devices/${idPath}`, {
    config,
    schema: {
      operationId: 'deleteDevice',
      summary: 'Forget a device',
      tags,
      params: IdParams,
      response: responses({ 200: named(DeletedReply) }, [
        ...userErrors,
        'cross_site_request',
        'invalid_parameter',
        'not_found',
      ]),
    },
    async handler(request): Promise<DeletedReply> {
      await factors.removeDevice(sessionOf(request), idOf(request.params), asking(request, parts))
      return { deleted: true }
    },
  })
}
