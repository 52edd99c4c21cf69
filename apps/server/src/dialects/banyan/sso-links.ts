import { DeletedReply, IdParams, named, PasswordBody, SsoLink, SsoLinkBody } from '@banyan/contracts'
import { formatIst } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { SsoLinkView } from '../../modules/identity/index.ts'
import { givenPassword, idOf, idPath, opaqueText } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { sessionOf } from '../api/api-checks.ts'
import { needed, readFields } from '../api/fields.ts'
import { responses, userErrors } from '../api/route-schema.ts'

const config = { credential: 'user', rateClass: 'api' } as const
const tags = ['factors']
const linkBody = { token: needed(opaqueText), password: needed(givenPassword) }
const passwordBody = { password: needed(givenPassword) }

/** POST /api/auth/factors/sso and DELETE /api/auth/factors/sso/{id} (ours). */
export function addSsoLinks(app: FastifyInstance, parts: AccountParts): void {
  const { factors } = parts.identity
  app.post('/api/auth/factors/sso', {
    config,
    schema: {
      operationId: 'linkSso',
      summary: "Link a trusted issuer's identity to the account",
      tags,
      body: SsoLinkBody,
      response: responses({ 201: named(SsoLink) }, [
        ...userErrors,
        'cross_site_request',
        'wrong_password',
        'invalid_parameter',
        'invalid_sso_token',
        'sso_link_taken',
        'too_many_attempts',
      ]),
    },
    async handler(request, reply): Promise<SsoLink> {
      const { token: assertion, password } = readFields(request.body, linkBody)
      const link = await factors.linkSso(sessionOf(request), { assertion, password }, asking(request, parts))
      reply.code(201)
      return toSsoLink(link)
    },
  })
  app.delete(`/api/auth/factors/sso/${idPath}`, {
    config,
    schema: {
      operationId: 'unlinkSso',
      summary: 'Remove the link of an identity',
      tags,
      params: IdParams,
      body: PasswordBody,
      response: responses({ 200: named(DeletedReply) }, [
        ...userErrors,
        'cross_site_request',
        'wrong_password',
        'invalid_parameter',
        'not_found',
        'too_many_attempts',
      ]),
    },
    async handler(request): Promise<DeletedReply> {
      const { password } = readFields(request.body, passwordBody)
      await factors.unlinkSso(sessionOf(request), { id: idOf(request.params), password }, asking(request, parts))
      return { deleted: true }
    },
  })
}

export function toSsoLink({ id, issuer, subject, linkedAt }: SsoLinkView): SsoLink {
  return { id, issuer, subject, linked_at: formatIst(linkedAt) }
}
