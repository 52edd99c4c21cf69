import {
  Application,
  ApplicationBody,
  ApplicationPatchBody,
  ApplicationsReply,
  ApplicationTokenBody,
  ApplicationTokenReply,
  DeletedReply,
  IdParams,
  NewApplicationReply,
  named,
} from '@banyan/contracts'
import { BanyanError, type ErrorCode, formatIst } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { ApplicationView } from '../../modules/identity/index.ts'
import { idOf, idPath } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { sessionOf } from '../api/api-checks.ts'
import { flagOf, integerOf, nameOf, needed, optionalField, readFields } from '../api/fields.ts'
import { istOrNull } from '../api/ist-or-null.ts'
import { responses, userErrors } from '../api/route-schema.ts'

const config = { credential: 'user', rateClass: 'api' } as const
const changing = { ...config, leastRole: 'member' } as const
const tags = ['applications']
const changes: readonly ErrorCode[] = [...userErrors, 'insufficient_role', 'cross_site_request', 'invalid_parameter']
const days = integerOf(1, 365)

/** /api/applications (ours): the keys and secrets programs show to the Kotak and Synapsewave APIs. */
export function addApplications(app: FastifyInstance, parts: AccountParts): void {
  addListAndCreate(app, parts)
  addPatchAndDelete(app, parts)
  addTokens(app, parts)
}

const create = { name: needed(nameOf(60)), access_token_days: optionalField(days, 30) }

function addListAndCreate(app: FastifyInstance, parts: AccountParts): void {
  const { applications } = parts.identity
  app.get('/api/applications', {
    config,
    schema: {
      operationId: 'listApplications',
      summary: 'Applications of the account',
      tags,
      response: responses({ 200: named(ApplicationsReply) }, userErrors),
    },
    async handler(request): Promise<ApplicationsReply> {
      return { applications: (await applications.list(sessionOf(request))).map(toApplication) }
    },
  })
  app.post('/api/applications', {
    config: changing,
    schema: {
      operationId: 'createApplication',
      summary: 'Make an application; the only reply that shows its secret',
      tags,
      body: ApplicationBody,
      response: responses({ 201: named(NewApplicationReply) }, [...changes, 'application_limit_reached']),
    },
    async handler(request, reply): Promise<NewApplicationReply> {
      const { name, access_token_days: accessTokenDays } = readFields(request.body, create)
      const made = await applications.create(sessionOf(request), { name, accessTokenDays }, asking(request, parts))
      reply.code(201)
      return {
        ...toApplication(made),
        consumer_secret: made.consumerSecret,
        access_token: made.accessToken,
        access_token_expires_at: formatIst(made.accessTokenExpiresAt),
      }
    },
  })
}

const patch = { enabled: optionalField(flagOf, undefined), no_access_code: optionalField(flagOf, undefined) }

function addPatchAndDelete(app: FastifyInstance, parts: AccountParts): void {
  const { applications } = parts.identity
  app.patch(`/api/applications/${idPath}`, {
    config: changing,
    schema: {
      operationId: 'changeApplication',
      summary: 'Switch an application off or on, or its access code',
      tags,
      params: IdParams,
      body: ApplicationPatchBody,
      response: responses({ 200: named(Application) }, [...changes, 'not_found']),
    },
    async handler(request): Promise<Application> {
      const { enabled, no_access_code: noAccessCode } = readFields(request.body, patch)
      if (enabled === undefined && noAccessCode === undefined)
        throw new BanyanError('invalid_parameter', {
          details: [{ field: 'enabled', reason: 'or no_access_code is required' }],
        })
      const asked = {
        ...(enabled === undefined ? {} : { isEnabled: enabled }),
        ...(noAccessCode === undefined ? {} : { noAccessCode }),
      }
      const origin = asking(request, parts)
      return toApplication(await applications.update(sessionOf(request), idOf(request.params), asked, origin))
    },
  })
  app.delete(`/api/applications/${idPath}`, {
    config: changing,
    schema: {
      operationId: 'deleteApplication',
      summary: 'Remove an application with its sessions and tokens',
      tags,
      params: IdParams,
      response: responses({ 200: named(DeletedReply) }, [...changes, 'not_found']),
    },
    async handler(request): Promise<DeletedReply> {
      await applications.remove(sessionOf(request), idOf(request.params), asking(request, parts))
      return { deleted: true }
    },
  })
}

const token = { days: needed(days) }

function addTokens(app: FastifyInstance, parts: AccountParts): void {
  app.post(`/api/applications/${idPath}/tokens`, {
    config: changing,
    schema: {
      operationId: 'createApplicationToken',
      summary: 'Make a bearer of an application',
      tags,
      params: IdParams,
      body: ApplicationTokenBody,
      response: responses({ 201: named(ApplicationTokenReply) }, [...changes, 'not_found']),
    },
    async handler(request, reply): Promise<ApplicationTokenReply> {
      const given = readFields(request.body, token)
      const { applications } = parts.identity
      const caller = sessionOf(request)
      const made = await applications.createToken(caller, idOf(request.params), given.days, asking(request, parts))
      reply.code(201)
      return { access_token: made.accessToken, expires_at: formatIst(made.expiresAt) }
    },
  })
}

function toApplication(view: ApplicationView): Application {
  const { id, name, consumerKey, isEnabled, noAccessCode, createdAt, lastUsedAt, liveTokens } = view
  return {
    id,
    name,
    consumer_key: consumerKey,
    enabled: isEnabled,
    no_access_code: noAccessCode,
    created_at: formatIst(createdAt),
    last_used_at: istOrNull(lastUsedAt),
    live_tokens: liveTokens,
  }
}
